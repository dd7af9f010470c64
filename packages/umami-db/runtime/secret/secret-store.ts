import type { SecretValue } from './secret-value';

/** Stage of a version, in AWS's words. */
export type SecretStage = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

/** Where Umami's secret is kept. */
export interface SecretStore {
  /** Where it is, to begin a sentence with, e.g. `Secret file umami.json`. */
  readonly name: string;
  /** The text of a stage, if there is one. */
  read(stage: SecretStage): Promise<string | undefined>;
  /**
   * Finds out whether it can be written, and changes nothing. @default - that shows when it is written
   *
   * @throws ProvisionError when it cannot
   */
  requireWritable?(): Promise<void>;
  /** Makes a value the current one. */
  write(value: SecretValue): Promise<void>;
  /** Keeps a value beside the current one, until it is known to work. */
  stage(value: SecretValue): Promise<void>;
  /** Makes the staged value the current one. May be called again. */
  promote(): Promise<void>;
}
