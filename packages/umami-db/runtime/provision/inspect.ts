import type { ClientBase } from 'pg';
import {
  ADMINISTRATOR_SQL,
  DATABASE_ROLE_SQL,
  OBJECTS_SQL,
  OTHER_DATABASES_SQL,
  OTHER_PLACES_SQL,
  SCHEMAS_SQL,
} from '../sql/facts.sql';
import { type Mark, type Place, parseOwnerMark } from '../sql/owner-mark';
import { type Ledgers, readLedgers } from './ledgers';
import { ProvisionError } from './provision-error';
import { type RoleRights, roleRights } from './role-rights';
import { ledgerSchema, secondDatabaseRole, type Target } from './target';

/** Who is connected, and what that one may do. */
export interface Administrator {
  readonly name: string;
  readonly superuser: boolean;
  readonly createsRoles: boolean;
  readonly createsSchemas: boolean;
  /** May let a role connect; or has to, and whether it may will show. Otherwise everybody may connect anyway. */
  readonly grantsConnect: boolean;
  /** Of the server. */
  readonly majorVersion: number;
}

/** Something that exists, and whose it is. */
export interface Found {
  /** Who it is marked as belonging to. @default - it bears no mark of ours */
  readonly mark?: Mark;
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
  /** Schemas that it is for, other than the one that is meant. */
  readonly otherPlaces: readonly Place[];
  /** Other databases in which something belongs to it or is granted to it. */
  readonly otherDatabases: readonly string[];
}

/** Something in a schema. */
export interface SchemaObject {
  readonly schema: string;
  readonly name: string;
  /** e.g. `table` */
  readonly kind: string;
  /** Database role that owns it. */
  readonly owner: string;
}

/** What is there before anything is changed. */
export interface Inspection extends Ledgers {
  readonly administrator: Administrator;
  readonly schema?: FoundSchema;
  readonly ledgerSchema?: FoundSchema;
  readonly databaseRole?: FoundRole;
  /** The other of two alternating ones, whether it is wanted or not. @default - there is none of that name */
  readonly otherDatabaseRole?: FoundRole;
  /** In both schemas. */
  readonly objects: readonly SchemaObject[];
  /** What the administrator may do as the owners of the above, and with the database role. */
  readonly rights: ReadonlyMap<string, RoleRights>;
}

/** @throws ProvisionError when Umami's own database role is signed in: what it would need for more ends the isolation */
export async function inspect(client: ClientBase, target: Target): Promise<Inspection> {
  const names = [target.schema, ledgerSchema(target)];
  const { rows } = await client.query<Administrator & { mark: string | null }>(ADMINISTRATOR_SQL);
  if (!rows[0]) throw new Error('PostgreSQL does not know who is connected.');
  const { mark, ...administrator } = rows[0];
  const other = target.otherDatabaseRole ?? secondDatabaseRole(target.databaseRole);
  // Also that of another schema: it would be told which rights it lacks.
  if ([target.databaseRole, other].includes(administrator.name) || parseOwnerMark(mark)) {
    throw new ProvisionError(
      `The connection is signed in as ${administrator.name}, which is Umami's own database role: nothing was changed. Sign in as an administrator of the database, on Aurora the master user, with \`adminSecret\`.`,
    );
  }
  const schemas = await findSchemas(client, names);
  const databaseRole = await findRole(client, target);
  const otherDatabaseRole = await findRole(client, { ...target, databaseRole: other });
  const objects = (await client.query<SchemaObject>(OBJECTS_SQL, [names])).rows;
  const [schema, ledger] = names.map((name) => schemas.get(name));
  const owners = [...schemas.values(), ...objects].map(({ owner }) => owner);
  const rights = await roleRights(client, administrator, [...new Set([...owners, target.databaseRole, other])]);
  return {
    administrator,
    ...(schema ? { schema } : {}),
    ...(ledger ? { ledgerSchema: ledger } : {}),
    ...(databaseRole ? { databaseRole } : {}),
    ...(otherDatabaseRole ? { otherDatabaseRole } : {}),
    objects,
    rights,
    ...(await readLedgers(client, target, objects, rights)),
  };
}

async function findSchemas(client: ClientBase, names: readonly string[]): Promise<Map<string, FoundSchema>> {
  const { rows } = await client.query<{ name: string; owner: string; mark: string | null }>(SCHEMAS_SQL, [names]);
  return new Map(rows.map(({ name, owner, mark }) => [name, { owner, ...found(mark) }]));
}

async function findRole(
  client: ClientBase,
  { database, schema, databaseRole }: Target,
): Promise<FoundRole | undefined> {
  type Row = Omit<FoundRole, 'mark' | 'otherPlaces' | 'otherDatabases'> & { mark: string | null };
  const { rows } = await client.query<Row>(DATABASE_ROLE_SQL, [databaseRole]);
  if (!rows[0]) return undefined;
  const { mark: comment, ...role } = rows[0];
  const { mark } = found(comment);
  const values = [databaseRole, mark?.place?.database, mark?.place?.schema, database, schema];
  const { rows: otherPlaces } = await client.query<Place>(OTHER_PLACES_SQL, values);
  const { rows: others } = await client.query<{ name: string }>(OTHER_DATABASES_SQL, [databaseRole]);
  return { ...role, ...(mark ? { mark } : {}), otherPlaces, otherDatabases: others.map(({ name }) => name) };
}

function found(comment: string | null): Found {
  const mark = parseOwnerMark(comment);
  return mark ? { mark } : {};
}
