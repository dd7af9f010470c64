import type { FurtherMigration } from './migration';

/** Who a schema and a database role belong to. Written into them as a comment: nobody else's are touched. */
export interface Owner {
  /** `<stack>/<stage>`, or the user who runs the command line. */
  readonly name: string;
  /** The one resource that may drop them again, e.g. the physical id of a custom resource. */
  readonly id: string;
  /** What no other CloudFormation stack has in its id. @default - not of a stack: the command line */
  readonly stack?: string;
}

/** Limits of the database role, so that Umami cannot starve the application. */
export interface RoleLimits {
  /** Connections at once: two tasks of 12 during a rolling deployment, and a margin. */
  readonly connections: number;
  /** Longest statement, in seconds. Without effect where Umami owns its tables: an interrupted migration fails each start of Umami (P3009). */
  readonly statementSeconds: number;
  /** Longest pause inside a transaction, in seconds. */
  readonly idleInTransactionSeconds: number;
}

/** Who owns schema and tables: the administrator, or Umami's database role, whose container then migrates by itself. */
export type TablesOwner = 'administrator' | 'umami';

/** What has to exist in the end. */
export interface Target {
  readonly database: string;
  readonly schema: string;
  readonly databaseRole: string;
  /**
   * The other one of two database roles with the same rights: each rotation gives it a new password and puts it into the
   * secret instead of {@link databaseRole}, whose password stays until the next rotation.
   *
   * @default - there is one database role, and a rotation changes its password
   */
  readonly otherDatabaseRole?: string;
  readonly owner: Owner;
  readonly limits: RoleLimits;
  /** @default 'administrator' */
  readonly tablesOwner?: TablesOwner;
  /** Release of Umami, e.g. `2.20`, or the name of a migration, e.g. `13_add_revenue`. @default - the newest known */
  readonly umamiVersion?: string;
  /** Migrations after those that the package has. Not together with {@link umamiVersion}. @default - none: where the schema has some, they are left alone */
  readonly further?: readonly FurtherMigration[];
  /** Adopts a schema and a database role without an ownership comment, if they hold nothing but Umami's objects. @default false */
  readonly adopt?: boolean;
  /** Repairs a failed row in Prisma's ledger when the catalog shows unambiguously whether its migration ran. @default false */
  readonly repair?: boolean;
  /**
   * Temporary column with which containers of Umami 3.1 go on working when the schema is of 3.2 or later: `true` adds it,
   * `false` removes it. @default - it stays as it is
   */
  readonly bridge?: boolean;
  /** Makes the schema also in a database whose encoding is not UTF8. @default false */
  readonly allowOtherEncoding?: boolean;
}

export const DEFAULT_LIMITS: RoleLimits = { connections: 30, statementSeconds: 120, idleInTransactionSeconds: 60 };
