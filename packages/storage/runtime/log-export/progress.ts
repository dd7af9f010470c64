import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Day } from './day';
import { PROGRESS_PREFIX } from './settings';

/** How far each log group is exported. */
export class Progress {
  constructor(
    private readonly s3: S3Client,
    private readonly bucket: string,
  ) {}

  /** The last day that is exported, if any is. */
  async read(logGroup: string): Promise<Day | undefined> {
    try {
      const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: keyOf(logGroup) }));
      const { exportedThrough } = JSON.parse((await Body?.transformToString()) ?? '{}');
      return typeof exportedThrough === 'string' ? exportedThrough : undefined;
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async write(logGroup: string, exportedThrough: Day): Promise<void> {
    const Body = JSON.stringify({ logGroup, exportedThrough });
    await this.s3.send(
      new PutObjectCommand({ Bucket: this.bucket, Key: keyOf(logGroup), Body, ContentType: 'application/json' }),
    );
  }
}

function keyOf(logGroup: string): string {
  return `${PROGRESS_PREFIX}${encodeURIComponent(logGroup)}.json`;
}
