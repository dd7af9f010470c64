import { randomBytes } from 'node:crypto';
import { secondDatabaseRole } from '@user-metrics/umami-db/runtime';
import { escapeIdentifier as name } from 'pg';
import type { DatabaseServer } from './server';

/** What a rehearsal makes on a server of the user: a database, its administrator, the application, and Umami. */
type Made = 'database' | 'admin' | 'user' | 'umami';

/** Comment of each administrator that a rehearsal has created. */
export const COMMENT = 'Created by a rehearsal of User Metrics Foundation';

/** First key of the advisory locks of rehearsals that run; the second one is the id of the run. */
const LOCK = 0x756d6672;

/** A rehearsal on a server of the user. */
export interface Run {
  /** Eight hexadecimal digits, the end of each name. */
  readonly id: string;
  /** Says that the run is over. */
  end(): Promise<void>;
}

/** Name of an object of a run. */
export function nameOf(made: Made, id: string): string {
  return `rehearsal_${made}_${id}`;
}

/** Begins a run: until it ends in any way, its lock says that its objects are in use. */
export async function beginRun({ connectOwner }: DatabaseServer): Promise<Run> {
  const id = randomBytes(4).toString('hex');
  const client = await connectOwner();
  client.on('error', () => {}); // The server may end before the run does.
  await client.query('select pg_advisory_lock($1, $2::bit(32)::int)', [LOCK, `x${id}`]);
  return { id, end: () => client.end() };
}

/** Statements that remove the database and the database roles of a run; the administrator, by which it is found, at the end. */
export function removalOf(id: string): string[] {
  return [
    `drop database if exists ${name(nameOf('database', id))} with (force)`,
    `drop role if exists ${name(secondDatabaseRole(nameOf('umami', id)))}`,
    ...(['umami', 'user', 'admin'] as const).map((made) => `drop role if exists ${name(nameOf(made, id))}`),
  ];
}

/** Removes what killed rehearsals have left, and gives the ends of its names. */
export async function removeAbandonedRuns({ connectOwner }: DatabaseServer): Promise<string[]> {
  const owner = await connectOwner();
  try {
    // Two runs that begin at the same time do not remove the same objects.
    await owner.query('select pg_advisory_lock($1, 0)', [LOCK]);
    const { rows } = await owner.query<{ id: string }>(
      `with run as materialized (
         select right(rolname, 8) as id from pg_roles
         where rolname ~ $1 and shobj_description(oid, 'pg_authid') = $2)
       select id from run where not exists (
         select from pg_locks
         where locktype = 'advisory' and classid = $3::bigint::oid and objid = ('x' || id)::bit(32)::bigint::oid)`,
      [`^${nameOf('admin', '[0-9a-f]{8}')}$`, COMMENT, LOCK],
    );
    for (const { id } of rows) for (const statement of removalOf(id)) await owner.query(statement);
    return rows.map(({ id }) => id);
  } finally {
    await owner.end();
  }
}
