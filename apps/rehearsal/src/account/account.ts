import type { Foundation } from '@user-metrics/foundation';
import { type DeployedStage, stageOf } from '@user-metrics/foundation/account';
import type { Application } from '../database/application';
import type { DatabaseServer } from '../database/server';
import type { Ours, Snapshot } from '../database/snapshot';
import type { Workload } from '../database/workload';
import type { Aws, Caller } from './aws';
import type { ExistingApplication } from './existing-application';
import type { ApplicationDescription } from './existing-application/describe';

/** The rehearsal's AWS account: the application in it, and where the foundation is deployed. */
export interface Account extends DeployedStage {
  /** Its administrator. */
  readonly caller: Caller;
  readonly aws: Aws;
  /** Environment of commands that work in it. */
  readonly env: NodeJS.ProcessEnv;
  /** Copy of the configuration that names what is in this account. */
  readonly config: AccountConfig;
  readonly server: DatabaseServer;
  readonly application: Application;
  readonly existingApplication: ExistingApplication;
  /** The application as it was before the foundation came. */
  readonly before: ApplicationDescription;
  /** Its side of the database at that time. */
  readonly snapshot: Snapshot;
  /** It works all the time. */
  readonly workload: Pick<Workload, 'soFar' | 'ordersWhenStopped'>;
}

/** A configuration file of the rehearsal's own. */
export interface AccountConfig {
  readonly file: string;
  readonly foundation: Foundation;
}

/** Names of what is ours in the database. */
export function oursIn(account: Pick<Account, 'config' | 'stage'>): Ours {
  const { schema, databaseRole } = stageOf(account).database;
  return { schema, databaseRole };
}
