import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { parseOwnershipComment } from '../sql/ownership-comment';
import { ledgerSchema, secondDatabaseRole } from '../target/names';
import type { Target } from '../target/target';
import type { DatabaseSnapshot, Hashes, SchemaSnapshot } from './answer';
import { LEFT_OUT } from './left-out';
import { databaseOf } from './read-only';
import { COMMENTS_SQL, SCHEMA_OWNERS_SQL, SNAPSHOT_SQL } from './snapshot.sql';

interface Line {
  /** @default null, it belongs to the database or the cluster */
  readonly schema: string | null;
  readonly ofUmami: boolean;
  readonly kind: string;
  readonly name: string;
  /** SHA-256. */
  readonly definition: string;
  /** SHA-256. */
  readonly grants: string;
}

/** Hexadecimal digits of a hash that tells two versions of one object apart. */
const SHORT = 12;

/**
 * Describes all schemas of the database, and database roles, role settings and databases of the cluster. Reads the catalog
 * only.
 *
 * @param target what belongs to Umami is kept apart; its second database role counts as Umami's also where there is none
 */
export async function takeDatabaseSnapshot(
  client: ClientBase,
  target: Pick<Target, 'schema' | 'databaseRole' | 'otherDatabaseRole'>,
): Promise<DatabaseSnapshot> {
  const { databaseRole, otherDatabaseRole = secondDatabaseRole(databaseRole) } = target;
  const schemas = [target.schema, ledgerSchema(target)];
  const roles = [databaseRole, otherDatabaseRole];
  const others = await ofOtherStages(client);
  const { rows } = await client.query<Line>(SNAPSHOT_SQL, [
    schemas,
    roles,
    others.schemas.filter((name) => !schemas.includes(name)),
    others.roles.filter((name) => !roles.includes(name)),
  ]);
  const owners = await client.query<{ schema: string; owner: string }>(SCHEMA_OWNERS_SQL);
  const ownerOf = new Map(owners.rows.map(({ schema, owner }) => [schema, owner]));
  const part = (lines: readonly Line[]) => ({
    schemas: schemasOf(lines, ownerOf),
    serverObjects: hashes(lines.filter(({ schema }) => schema === null)),
  });
  return {
    action: 'snapshot',
    ...(await databaseOf(client)),
    ...part(rows.filter(({ ofUmami }) => !ofUmami)),
    umami: part(rows.filter(({ ofUmami }) => ofUmami)),
    leftOut: LEFT_OUT,
  };
}

/** Schemas and database roles with an ownership comment: a stage changes its own whenever it is deployed. */
async function ofOtherStages(client: ClientBase): Promise<{ readonly schemas: string[]; readonly roles: string[] }> {
  const { rows } = await client.query<{ kind: 'schema' | 'role'; name: string; comment: string }>(COMMENTS_SQL);
  const owned = rows.filter(({ comment }) => parseOwnershipComment(comment));
  const named = (wanted: 'schema' | 'role') => owned.flatMap(({ kind, name }) => (kind === wanted ? [name] : []));
  return { schemas: named('schema').flatMap((schema) => [schema, ledgerSchema({ schema })]), roles: named('role') };
}

/** The same without the hash of each object. */
export function withoutObjects(snapshot: DatabaseSnapshot): DatabaseSnapshot {
  const without = (schemas: DatabaseSnapshot['schemas']) =>
    Object.fromEntries(Object.entries(schemas).map(([name, { objects: _, ...schema }]) => [name, schema]));
  const { schemas, umami } = snapshot;
  return { ...snapshot, schemas: without(schemas), umami: { ...umami, schemas: without(umami.schemas) } };
}

function schemasOf(lines: readonly Line[], ownerOf: ReadonlyMap<string, string>): Record<string, SchemaSnapshot> {
  const bySchema = new Map<string, Line[]>();
  for (const line of lines) {
    if (line.schema === null) continue;
    const inside = bySchema.get(line.schema) ?? [];
    inside.push(line);
    bySchema.set(line.schema, inside);
  }
  const schemas = [...bySchema].map(([schema, inside]): [string, SchemaSnapshot] => [
    schema,
    {
      owner: ownerOf.get(schema) ?? 'unknown',
      counts: countsOf(inside),
      catalog: digest(inside.map((line) => [line.kind, line.name, line.definition])),
      grants: digest(inside.map((line) => [line.kind, line.name, line.grants])),
      objects: hashes(inside),
    },
  ]);
  return Object.fromEntries(schemas.sort(byName));
}

function countsOf(lines: readonly Line[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of lines) if (kind !== 'schema') counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function hashes(lines: readonly Line[]): Hashes {
  const pairs = lines.map(({ kind, name, definition, grants }): [string, string] => [
    `${kind} ${name}`,
    digest([definition, grants]).slice(0, SHORT),
  ]);
  return Object.fromEntries(pairs.sort(byName));
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}

/** SHA-256 of a value. */
export function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
