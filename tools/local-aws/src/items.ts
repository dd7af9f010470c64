import { LocalAwsError } from './local-aws-error';

/** What the extension adds to the emulator. */
export interface Item {
  readonly name: string;
  /**
   * `type`: a CloudFormation type that the emulator lacks, made through its API. `correction`: something that it does
   * otherwise than AWS. `recorded only`: accepted and kept, but nothing happens.
   */
  readonly kind: 'type' | 'correction' | 'recorded only';
  /** What it stands for. */
  readonly sentence: string;
  /** How often it was used since the emulator started. */
  readonly uses: number;
}

/** Time for an answer, in milliseconds. */
const TIMEOUT = 5_000;

/** Asks the extension for its items; an emulator without the extension has none. */
export async function readItems(endpoint: string): Promise<Item[]> {
  const response = await fetch(`${endpoint}/_local-aws/items`, { signal: AbortSignal.timeout(TIMEOUT) }).catch(
    (error: Error) => {
      throw new LocalAwsError(`The local AWS at ${endpoint} does not answer: ${error.message}.`);
    },
  );
  return response.ok && response.headers.get('content-type') === 'application/json'
    ? ((await response.json()) as Item[])
    : [];
}
