import { type CorsRule, HttpMethods } from 'aws-cdk-lib/aws-s3';
import { Token } from 'aws-cdk-lib/core';
import { StorageError } from './storage-error';

/**
 * What browsers at these origins may do by presigned URL: read recordings, upload files.
 *
 * @throws StorageError for what is no origin
 */
export function corsFor(origins: readonly string[]): CorsRule[] {
  if (origins.length === 0) return [];
  for (const origin of origins) requireOrigin(origin);
  return [
    {
      id: 'OpenReplayInTheBrowser',
      allowedOrigins: [...origins],
      allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.PUT],
      allowedHeaders: ['*'],
      exposedHeaders: ['ETag'],
      maxAge: 3600,
    },
  ];
}

/** A browser sends scheme, host and port; anything more, or a slash at the end, would never be equal to it. */
function requireOrigin(origin: string): void {
  if (Token.isUnresolved(origin)) return;
  const url = URL.canParse(origin) ? new URL(origin) : undefined;
  if (url?.protocol === 'https:' && url.origin === origin && !origin.includes('*')) return;
  throw new StorageError(
    `\`origins\` must be https origins without a path, got: ${origin}. Give for example https://openreplay.example.com.`,
  );
}
