import type { Baseline } from '../baseline/baseline';

/** What the verification function is asked for. It changes nothing; `probe` is known where a {@link HealthProbe} is deployed. */
export type VerificationAction = 'verify' | 'status' | 'snapshot' | 'baseline' | 'probe';

/** The event of the verification function. */
export interface VerificationRequest {
  readonly action: VerificationAction;
  /** Of `baseline`: length of the window, in seconds; the answer comes later than that. It ends early when the time of the function does. @default 60 */
  readonly seconds?: number;
  /** Of `baseline`: measurements within the window. @default - one each 2.5 seconds, at most 24 */
  readonly samples?: number;
}

/** Answers by action. */
export interface VerificationAnswers {
  readonly verify: VerifyAnswer;
  readonly status: StatusAnswer;
  readonly snapshot: DatabaseSnapshot;
  readonly baseline: BaselineAnswer;
  readonly probe: ProbeAnswer;
}

/** What was measured of the database within a window. */
export interface BaselineAnswer extends Baseline {
  readonly action: 'baseline';
}

/** A query of the application, which shows that a database role of it can still read what it needs. */
export interface HealthProbe {
  /** Database role of the application; the administrator has to be a member of it. */
  readonly databaseRole: string;
  /** One SELECT, VALUES or WITH that writes nothing, of at most 1000 characters, with the schema in the names of tables. */
  readonly statement: string;
}

/** How a {@link HealthProbe} ended; nothing that the statement returned is in it. */
export interface ProbeAnswer extends AnsweringDatabase, HealthProbe {
  readonly action: 'probe';
  /** Rows that the statement returned; 1000: as many, or more. */
  readonly rows: number;
  /** Time of the statement. */
  readonly milliseconds: number;
  /** Why the statement was not tried: the administrator may not become the database role. @default null, it was tried */
  readonly refused: string | null;
  /** Why the statement failed. @default null, it did not */
  readonly failure: string | null;
}

/** Which database answered. */
export interface AnsweringDatabase {
  readonly database: string;
  /** Version of PostgreSQL, e.g. `17.4`. */
  readonly server: string;
}

/** A schema and its owners. */
export interface OwnedSchema {
  readonly name: string;
  /** Database role that owns it. */
  readonly owner: string;
  /** `<stack>/<stage>` of its ownership comment. @default null, it has none */
  readonly ownership: string | null;
}

/** A database role of Umami. */
export interface UmamiDatabaseRole {
  readonly name: string;
  /** `<stack>/<stage>` of its ownership comment. @default null, it has none */
  readonly ownership: string | null;
  readonly canLogin: boolean;
  /** -1: no limit. */
  readonly connectionLimit: number;
  /** Superuser, or may create database roles or databases, replicate, or bypass row security. */
  readonly powerful: boolean;
  /** Database roles that it is a member of. */
  readonly memberOf: readonly string[];
  /** Settings in this database, as `name=value`. */
  readonly settings: readonly string[];
}

/** Where the migrations of the schema stand. */
export interface AnsweredMigrations {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Began and did not end: Umami refuses to start (P3009). */
  readonly failed: readonly string[];
  /** Beyond the release that is asked for. */
  readonly ahead: readonly string[];
  /** Rows of the ledger of this package. */
  readonly recorded: number;
}

/** Umami's tables against what its migrations make. */
export interface AnsweredTables {
  readonly tables: number;
  readonly indexes: number;
  /** What Umami needs and is missing or otherwise, a line each. */
  readonly wrong: readonly string[];
  /** What somebody added, a line each. */
  readonly added: readonly string[];
}

/** What Umami's secret holds, by its keys alone, and whether it leads to the database. */
export interface AnsweredSecret {
  /** Keys that have a value. */
  readonly keys: readonly string[];
  /** Database role that it names. */
  readonly username: string | null;
  /** Connection strings that differ from the other values of the secret, by their key. */
  readonly differing: readonly string[];
  /** Protocol of the connection that the secret opened, e.g. `TLSv1.3`. @default null, it opened none */
  readonly tls: string | null;
  /** Why the database role cannot sign in or use its tables. @default null, it can */
  readonly failure: string | null;
}

/** A right of the database role outside of its schema. */
export interface OutsideRight {
  /** e.g. `table app.orders` */
  readonly object: string;
  /** e.g. `SELECT, UPDATE` */
  readonly privileges: string;
  /** Who was given it: `PUBLIC`, the database role itself, or a database role that it is a member of. */
  readonly via: string;
  /** Whether it was given to the database role, not to everybody. */
  readonly fails: boolean;
}

/** What the database role reaches outside of its schema. */
export interface AnsweredIsolation {
  /** Those that fail first; long lists are cut, see {@link rightCount}. */
  readonly rights: readonly OutsideRight[];
  /** All of them. */
  readonly rightCount: number;
  readonly failingCount: number;
  /** Attempts that were made as the database role. @default null, it could not sign in */
  readonly attempts: { readonly blocked: number; readonly allowed: number; readonly notTried: number } | null;
  /** Attempts that ended otherwise than they should, a line each. */
  readonly unexpected: readonly string[];
}

/** Connections of the server at this moment. */
export interface AnsweredConnections {
  /** `max_connections` without what is reserved for superusers. */
  readonly available: number;
  /** Of everybody. */
  readonly used: number;
  /** Of Umami's database roles. */
  readonly usedByUmami: number;
  /** Sessions of others that wait for a lock that a session of Umami holds. */
  readonly blockedByUmami: number;
}

/** Facts for the criteria of the database. */
export interface VerifyAnswer extends AnsweringDatabase {
  readonly action: 'verify';
  /** `<stack>/<stage>` that the function belongs to. */
  readonly owner: string;
  /** @default null, it does not exist */
  readonly schema: OwnedSchema | null;
  /** One, or two that alternate, as they exist. */
  readonly databaseRoles: readonly UmamiDatabaseRole[];
  readonly secret: AnsweredSecret;
  readonly isolation: AnsweredIsolation;
  /** @default null, the ledger cannot be read */
  readonly migrations: AnsweredMigrations | null;
  /** @default null, there are none, or what they should be is not known */
  readonly tables: AnsweredTables | null;
  /** What provisioning would change, a statement or a sentence each; passwords are masked. */
  readonly missing: readonly string[];
  /** What keeps provisioning from going on, and other findings, a sentence each. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
  readonly connections: AnsweredConnections;
  /** Estimate of the rows by schema, of PostgreSQL's statistics. */
  readonly rows: Readonly<Record<string, number>>;
  /** Without the hash of each object. */
  readonly snapshot: DatabaseSnapshot;
}

/** What exists, and whose it is. */
export interface StatusAnswer extends AnsweringDatabase {
  readonly action: 'status';
  readonly owner: string;
  readonly schema: OwnedSchema | null;
  readonly databaseRoles: readonly UmamiDatabaseRole[];
  readonly migrations: AnsweredMigrations | null;
  readonly problems: readonly string[];
}

/** Hashes by `<kind> <name>`, sorted; each is the start of a SHA-256. */
export type Hashes = Readonly<Record<string, string>>;

/** One schema: what it consists of, without data. */
export interface SchemaSnapshot {
  /** Database role that owns it. */
  readonly owner: string;
  /** Number of objects by kind, e.g. `table`. */
  readonly counts: Readonly<Record<string, number>>;
  /** SHA-256 of all definitions. */
  readonly catalog: string;
  /** SHA-256 of all owners and grants. */
  readonly grants: string;
  /** One hash for each object, definition and grants. @default - left out, the answer would be too large */
  readonly objects?: Hashes;
}

/** Something that a snapshot leaves out, and why. */
export interface LeftOut {
  readonly what: string;
  readonly why: string;
}

/** Schemas, grants, database roles and their settings as hashes and counts. */
export interface DatabaseSnapshot extends AnsweringDatabase {
  readonly action: 'snapshot';
  /** Schemas of others, sorted by name. */
  readonly schemas: Readonly<Record<string, SchemaSnapshot>>;
  /** Database roles, memberships, role settings, databases and extensions of others. */
  readonly serverObjects: Hashes;
  /** The same of what belongs to Umami: its two schemas and its database roles. */
  readonly umami: { readonly schemas: Readonly<Record<string, SchemaSnapshot>>; readonly serverObjects: Hashes };
  readonly leftOut: readonly LeftOut[];
}
