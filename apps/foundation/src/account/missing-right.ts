import { actionOf } from './recorded-calls';

/** Something that IAM did not let us read. */
export class MissingRight {
  /** @param action the IAM action that is needed, such as `ec2:DescribeVpcs` */
  constructor(readonly action: string) {}
}

/** How services call a denial. */
const DENIALS = [
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationError',
  'AuthorizationErrorException',
  'Client.UnauthorizedOperation',
  'KMSAccessDeniedException',
  'NotAuthorized',
  'UnauthorizedOperation',
];

/**
 * The IAM action that a call lacked, such as `ec2:DescribeVpcs`.
 *
 * @returns nothing for every error that is no denial
 */
export function missingRight(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // What a reader of ours adds to an error of AWS.
  if (error.cause instanceof Error) return missingRight(error.cause);
  const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  // S3 answers HEAD without a body, so that the status is all there is.
  if (!DENIALS.includes(name) && !($metadata?.httpStatusCode === 403 && /^(Forbidden|403|Unknown)/.test(name)))
    return undefined;
  const [, named] = /not authorized to perform: ?([\w-]+:\w+)/.exec(message) ?? [];
  return named ?? actionOf(error) ?? `${name}: ${message}`;
}

/** Reads something; a denial is a value, and every other error stays one. */
export async function readOrMissing<T>(read: () => Promise<T>): Promise<T | MissingRight> {
  try {
    return await read();
  } catch (error) {
    const action = missingRight(error);
    if (action === undefined) throw error;
    return new MissingRight(action);
  }
}
