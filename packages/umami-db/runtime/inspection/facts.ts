import type { OwnershipComment, SchemaLocation } from '../sql/ownership-comment';

/** Who is connected, and what that one may do. */
export interface Administrator {
  readonly name: string;
  readonly superuser: boolean;
  readonly createsRoles: boolean;
  readonly createsSchemas: boolean;
  /** May let a role connect; or has to, and whether it may will show. Otherwise everybody may connect anyway. */
  readonly grantsConnect: boolean;
  readonly majorVersion: number;
}

export interface Found {
  /** Its ownership comment. @default - it has none, or another comment */
  readonly ownership?: OwnershipComment;
}

export interface FoundSchema extends Found {
  /** Database role that owns it. */
  readonly owner: string;
}

export interface FoundRole extends Found {
  readonly canLogin: boolean;
  readonly connectionLimit: number;
  /** `name=value`, of the database that is connected. */
  readonly settings: readonly string[];
  /** Superuser, or may create roles or databases, replicate, or bypass row security. */
  readonly powerful: boolean;
  readonly memberOf: readonly string[];
  /** Schemas that it is for, other than the schema of the target. */
  readonly otherLocations: readonly SchemaLocation[];
  /** Other databases in which something belongs to it or is granted to it. */
  readonly otherDatabases: readonly string[];
}

export interface SchemaObject {
  readonly schema: string;
  readonly name: string;
  /** e.g. `table` */
  readonly kind: string;
  /** Database role that owns it. */
  readonly owner: string;
}

export function hasTable({ objects }: Pick<Inspection, 'objects'>, schema: string, table: string): boolean {
  return objects.some((object) => object.schema === schema && object.kind === 'table' && object.name === table);
}

export interface Inspection extends Ledgers {
  readonly administrator: Administrator;
  readonly schema?: FoundSchema;
  readonly ledgerSchema?: FoundSchema;
  readonly databaseRole?: FoundRole;
  /** The other of two alternating ones, whether it is wanted or not. @default - there is none of that name */
  readonly otherDatabaseRole?: FoundRole;
  readonly objects: readonly SchemaObject[];
  /** What the administrator may do as the owners of the above, and with the database role. */
  readonly rights: ReadonlyMap<string, RoleRights>;
}

/** What the administrator may do as another role, and with it. */
export interface RoleRights {
  /** Has its privileges already, and with them the rights of an owner. */
  readonly usable: boolean;
  /** May become a member of it. */
  readonly joinable: boolean;
  /** May set its password and settings. */
  readonly alterable: boolean;
  readonly superuser: boolean;
}

export interface Ledgers {
  /** Migrations that Prisma's ledger calls applied, in order. */
  readonly applied: readonly string[];
  /** Migrations that began and did not end: Prisma refuses to start with P3009. */
  readonly failed: readonly string[];
  /** Of what Prisma's ledger has: the SHA-256 of each script. */
  readonly checksums: ReadonlyMap<string, string>;
  readonly prismaLedger: boolean;
  /** Owner of a ledger of Prisma that the administrator may not read. @default - it may, or there is none */
  readonly unreadableFor?: string;
  /** Rows of node-pg-migrate's ledger. @default - there is no such table */
  readonly ownLedger?: readonly string[];
}
