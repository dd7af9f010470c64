import type { Foundation } from '@user-metrics/foundation';
import type { LocalAws } from '@user-metrics/local-aws';
import type { PostgresVersion } from '@user-metrics/postgres-server';
import type { Account } from './account/account';
import type { Observations } from './account/observations';
import type { CleanUp } from './clean-up';
import type { Application } from './database/application';
import type { DatabaseServer } from './database/server';
import type { Snapshot } from './database/snapshot';
import type { Workload } from './database/workload';
import type { DatabaseFunction } from './function/database-function';
import type { Invocation } from './function/invoke';
import type { SecretsEndpoint } from './function/secrets-endpoint';
import type { Checklist } from './report/checklist';

/** What the user asked for. */
export interface RehearsalOptions {
  readonly configFile: string;
  /** @default - the only stage of the configuration */
  readonly stage?: string;
  /** PostgreSQL that is started. @default '17' */
  readonly postgres?: PostgresVersion;
  /** Port that it is started on. @default - a free one */
  readonly port?: number;
  /** A server of the user's own instead, by the URL of an administrator. */
  readonly databaseUrl?: string;
  /** Folder of the report. */
  readonly output: string;
  /** Leaves out the account. @default false */
  readonly fast?: boolean;
  /** An AWS endpoint of the user's own. @default - one is started */
  readonly awsEndpoint?: string;
  /** Fails where the account cannot be had, instead of skipping it. @default false */
  readonly requireAws?: boolean;
}

/** What the steps hand on to each other. */
export interface RehearsalContext {
  readonly options: RehearsalOptions;
  readonly checklist: Checklist;
  readonly cleanUp: CleanUp;
  /** Aborted when the rehearsal is to end before its time. */
  readonly signal: AbortSignal;
  foundation?: Foundation;
  stage?: string;
  databaseFunction?: DatabaseFunction;
  server?: DatabaseServer;
  application?: Application;
  before?: Snapshot;
  secrets?: SecretsEndpoint;
  workload?: Workload;
  /** The run of the function for CloudFormation's Create event. */
  create?: Invocation;
  localAws?: LocalAws;
  account?: Account;
  observations?: Observations;
  /** Lets the application in the account stand still. */
  stopApplication?: () => Promise<unknown>;
}

/** A value that an earlier step has set. */
export function required<Key extends keyof RehearsalContext>(
  context: RehearsalContext,
  key: Key,
): NonNullable<RehearsalContext[Key]> {
  const value = context[key];
  if (value === undefined || value === null) throw new Error(`The step before did not set ${key}.`);
  return value;
}
