import type { DatabaseSnapshot } from '@user-metrics/umami-db/verification';
import type { Account, Foundation, Stage } from '../config';
import type { Clients } from './clients';

/** A stage as the configuration describes it: what an account is compared with. No client: comparing needs no call. */
export interface ExpectedStage {
  /** Id of the account. */
  readonly id: string;
  readonly region: string;
  /** Name of the stage. */
  readonly stage: string;
  readonly config: { readonly foundation: Foundation };
  /**
   * Rules that the database's security group had before the first deployment, such as `in from sg-1: 5432`.
   *
   * @default - not known: only the rules of the foundation are compared in that group
   */
  readonly existingDatabaseRules?: readonly string[];
  /** @default - not known: what the database has now is not compared */
  readonly databaseBefore?: EarlierDatabase;
}

/** What others had in the database when an earlier snapshot was taken. */
export interface EarlierDatabase {
  readonly takenAt: string;
  /** Whether it is of before the first DDL, or of a snapshot that the user named. @default false, it is the first one that holds the database */
  readonly isBefore?: boolean;
  readonly database: Pick<DatabaseSnapshot, 'database' | 'schemas' | 'serverObjects'>;
}

/** A resource that CloudFormation manages in a stack of the foundation. */
export interface StackResource {
  readonly stack: string;
  readonly region: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** The same with the clients of the account that it is deployed in. */
export interface DeployedStage extends ExpectedStage {
  readonly aws: Clients;
  /** Clients of the Region of the account's cost stacks. @default - that of the stage */
  readonly costAws?: Clients;
  /** Whether an emulator of AWS is asked, which lacks something. @default false */
  readonly isEmulated?: boolean;
  /** Lists the resources of the stacks once for many criteria. @default - they are listed at each call */
  readonly listedResources?: () => Promise<readonly StackResource[]>;
}

/** What the configuration says of the stage. */
export function stageOf({ config, stage }: Pick<ExpectedStage, 'config' | 'stage'>): Stage {
  return config.foundation.stages[stage] as Stage;
}

/** What the configuration says of the account's cost. */
export function costOf({ config, id }: Pick<ExpectedStage, 'config' | 'id'>): Account['cost'] {
  return (config.foundation.accounts[id] as Account).cost;
}
