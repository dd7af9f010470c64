import type { Inspection } from '../inspection/facts';
import type { OwnerChange } from '../inspection/owner-change';
import type { Migration } from '../migrations/index';
import type { Seed } from '../migrations/seed';
import type { Target } from '../target/target';

/** Where a schema stands, and what it takes to get to where it should. */
export interface History {
  /** Migrations that the tables have, of those that are known. */
  readonly applied: readonly string[];
  /** Rows that Prisma's ledger lacks, of migrations that the tables have. */
  readonly unrecorded: readonly string[];
  /** Statements that repair failed rows of Prisma's ledger. */
  readonly repairs: readonly string[];
  readonly pending: readonly Migration[];
  /** Migrations beyond the target: of a newer Umami, or of a newer one than was asked for. */
  readonly ahead: readonly string[];
}

export interface Planning extends Omit<History, 'ahead'> {
  readonly target: Target;
  readonly facts: Inspection;
  /** Form of the password that the server is to store. @default - the role has the right one already */
  readonly passwordVerifier?: string;
  readonly seed: Seed;
  readonly ownerChange: OwnerChange;
  /** Whether the tables have the column of {@link Target.bridge}. */
  readonly bridged: boolean;
  /** Of a role and a schema that exist. @default - one of them does not */
  readonly privileges?: Privileges;
  /** Whether the resource that it was transferred from is deleted for good: see {@link OwnershipComment.from}. */
  readonly settled: boolean;
}

/** Whether the database role has what it is to have. */
export interface Privileges {
  readonly connect: boolean;
  readonly usage: boolean;
  readonly tables: boolean;
  readonly ledger: boolean;
  readonly defaults: boolean;
}
