import type { ClientBase } from 'pg';
import {
  ADMINISTRATOR_SQL,
  DATABASE_ROLE_SQL,
  OBJECTS_SQL,
  OTHER_DATABASES_SQL,
  OTHER_LOCATIONS_SQL,
  SCHEMAS_SQL,
} from '../sql/facts.sql';
import { parseOwnershipComment, type SchemaLocation } from '../sql/ownership-comment';
import { ledgerSchema, secondDatabaseRole } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { Administrator, FoundRole, FoundSchema, Inspection, SchemaObject } from './facts';
import { readLedgers } from './ledgers';
import { roleRights } from './role-rights';

/** @throws ProvisionError when Umami's own database role is signed in: what it would need for more ends the isolation */
export async function inspect(client: ClientBase, target: Target): Promise<Inspection> {
  const names = [target.schema, ledgerSchema(target)];
  const { rows } = await client.query<Administrator & { comment: string | null }>(ADMINISTRATOR_SQL);
  if (!rows[0]) throw new Error('PostgreSQL does not know who is connected.');
  const { comment, ...administrator } = rows[0];
  const other = target.otherDatabaseRole ?? secondDatabaseRole(target.databaseRole);
  // Also that of another schema: it would be told which rights it lacks.
  if ([target.databaseRole, other].includes(administrator.name) || parseOwnershipComment(comment)) {
    throw new ProvisionError(
      `The connection is signed in as ${administrator.name}, which is Umami's own database role: nothing was changed. Sign in as an administrator of the database, on Aurora the master user, with \`adminSecret\`.`,
    );
  }
  const schemas = await findSchemas(client, names);
  const objects = (await client.query<SchemaObject>(OBJECTS_SQL, [names])).rows;
  const owners = [...schemas.values(), ...objects].map(({ owner }) => owner);
  const rights = await roleRights(client, administrator, [...new Set([...owners, target.databaseRole, other])]);
  return {
    administrator,
    schema: schemas.get(target.schema),
    ledgerSchema: schemas.get(ledgerSchema(target)),
    databaseRole: await findRole(client, target),
    otherDatabaseRole: await findRole(client, { ...target, databaseRole: other }),
    objects,
    rights,
    ...(await readLedgers(client, target, objects, (role) => rights.get(role)?.usable ?? false)),
  };
}

async function findSchemas(client: ClientBase, names: readonly string[]): Promise<Map<string, FoundSchema>> {
  const { rows } = await client.query<{ name: string; owner: string; comment: string | null }>(SCHEMAS_SQL, [names]);
  return new Map(rows.map(({ name, owner, comment }) => [name, { owner, ownership: parseOwnershipComment(comment) }]));
}

async function findRole(
  client: ClientBase,
  { database, schema, databaseRole }: Target,
): Promise<FoundRole | undefined> {
  type Row = Omit<FoundRole, 'ownership' | 'otherLocations' | 'otherDatabases'> & { comment: string | null };
  const { rows } = await client.query<Row>(DATABASE_ROLE_SQL, [databaseRole]);
  if (!rows[0]) return undefined;
  const { comment, ...role } = rows[0];
  const ownership = parseOwnershipComment(comment);
  const values = [databaseRole, ownership?.location?.database, ownership?.location?.schema, database, schema];
  const { rows: otherLocations } = await client.query<SchemaLocation>(OTHER_LOCATIONS_SQL, values);
  const { rows: others } = await client.query<{ name: string }>(OTHER_DATABASES_SQL, [databaseRole]);
  return { ...role, ownership, otherLocations, otherDatabases: others.map(({ name }) => name) };
}
