import { ACCOUNT, CREDENTIALS, clientEnvironment, type Environment, REGION } from './client-environment';
import { type Item, readItems } from './items';

/** An AWS endpoint on this machine. */
export interface LocalAws {
  /** Such as `http://127.0.0.1:4566`; an address, because SDKs then address buckets by path. */
  readonly endpoint: string;
  readonly account: typeof ACCOUNT;
  readonly region: typeof REGION;
  /** Root of the account. */
  readonly credentials: typeof CREDENTIALS;
  /** The whole environment of a CDK CLI or an SDK that meets this endpoint; nothing of ours that could lead elsewhere. */
  readonly env: Environment;
  /** What the emulator has written to its log so far. */
  log(): string;
  /**
   * What the extension adds to the emulator, with how often each was used; none for an emulator of somebody else.
   *
   * @throws LocalAwsError when the endpoint does not answer
   */
  items(): Promise<Item[]>;
  /**
   * The items that are accepted and kept and do nothing.
   *
   * @throws LocalAwsError when the endpoint does not answer
   */
  recordedOnly(): Promise<Item[]>;
  /** Stops the emulator with its functions and removes everything it wrote. May be called twice. */
  stop(): Promise<void>;
}

/** An emulator that somebody else started and stops, such as the one of `--aws-endpoint`. */
export function localAwsAt(
  endpoint: string,
  { log = () => '', stop = async () => {} }: Partial<Pick<LocalAws, 'log' | 'stop'>> = {},
): LocalAws {
  const items = () => readItems(endpoint);
  return {
    endpoint,
    account: ACCOUNT,
    region: REGION,
    credentials: CREDENTIALS,
    env: clientEnvironment(endpoint),
    log,
    items,
    recordedOnly: async () => (await items()).filter(({ kind }) => kind === 'recorded only'),
    stop,
  };
}
