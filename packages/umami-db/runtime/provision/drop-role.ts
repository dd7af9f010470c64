import type { Client, ClientBase } from 'pg';
import type { View } from '../inspection/alternation';
import { grantMembership, revokeMembership } from '../inspection/role-rights';
import { literal, name } from '../sql/identifiers';
import { statements } from '../steps/statement';
import { ledgerSchema } from '../target/names';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { execute } from './execute';

/** Takes what the database role has in the connected database, and drops it. */
export function dropRole(view: View): string[] {
  return [...dropOwned(view), `drop role ${name(view.target.databaseRole)}`];
}

function dropOwned({ target: { databaseRole }, facts }: View): string[] {
  return [
    grantMembership(databaseRole, facts.administrator),
    `drop owned by ${name(databaseRole)}`,
    revokeMembership(databaseRole),
  ];
}

/** Takes what the database role was granted in another database. */
export async function dropGrants(
  database: string,
  view: View,
  input: { connectTo(database: string): Promise<Client>; readonly deadline?: number },
): Promise<void> {
  const client = await input.connectTo(database);
  try {
    await execute(client, { name: `grants in ${database}`, statements: statements(...dropOwned(view)) }, input);
  } finally {
    await client.end();
  }
}

/** @throws ProvisionError when the database role owns objects outside of its schema: dropping it would drop them */
export async function requireNothingElsewhere(client: ClientBase, target: Target): Promise<void> {
  const { rows } = await client.query<{ database: string; objects: number }>(
    `select coalesce(datname, 'all databases') as database, count(*)::int as objects
     from pg_shdepend s left join pg_database d on d.oid = s.dbid
     where refclassid = 'pg_authid'::regclass and refobjid = (select oid from pg_roles where rolname = $1)
       and deptype = 'o'
       and not (datname is not distinct from current_database() and (
         (classid = 'pg_class'::regclass and objid in (select oid from pg_class where relnamespace::regnamespace::text
           = any (array[quote_ident($2), quote_ident($3)])))
         or (classid = 'pg_namespace'::regclass and objid in (select oid from pg_namespace where nspname in ($2, $3)))))
     group by 1`,
    [target.databaseRole, target.schema, ledgerSchema(target)],
  );
  if (rows.length === 0) return;
  const places = rows.map(({ database, objects }) => `${objects} in ${database}`).join(', ');
  throw new ProvisionError(
    `Database role ${target.databaseRole} owns objects that are not Umami's: ${places}. Nothing was changed. Give them to another role with: reassign owned by ${name(target.databaseRole)} to …`,
  );
}

export async function requireNoConnections(
  client: ClientBase,
  { target: { databaseRole }, facts: { administrator } }: View,
  {
    force,
    dryRun,
    everywhere,
  }: {
    /** Ends the connections instead of refusing. */
    readonly force?: boolean;
    readonly dryRun?: boolean;
    /** Also those to other databases. */
    readonly everywhere: boolean;
  },
): Promise<void> {
  const count = await connectionsOf(client, databaseRole, everywhere);
  if (count === 0) return;
  if (!force) {
    throw new ProvisionError(
      `Database role ${databaseRole} has ${count} open connections. Nothing was changed. Stop Umami and connection poolers first, or end the connections with: npx umami-db rollback --force`,
    );
  }
  if (dryRun) return;
  const end = `do $end$ begin perform pg_terminate_backend(pid) ${connections(databaseRole, everywhere)}; end $end$`;
  await execute(client, {
    name: 'connections',
    statements: statements(
      // A new one would take the place of the one that ends. What stays for another database has to go on signing in.
      ...(everywhere ? [`alter role ${name(databaseRole)} nologin`] : []),
      grantMembership(databaseRole, administrator),
      end,
      revokeMembership(databaseRole),
    ),
  });
}

/** How many connections a database role has, to the connected database or to any. */
export async function connectionsOf(client: ClientBase, databaseRole: string, everywhere: boolean): Promise<number> {
  const sql = `select count(*)::int as count ${connections(databaseRole, everywhere)}`;
  return (await client.query<{ count: number }>(sql)).rows[0]?.count ?? 0;
}

function connections(databaseRole: string, everywhere: boolean): string {
  return `from pg_stat_activity where usename = ${literal(databaseRole)}${everywhere ? '' : ' and datname = current_database()'}`;
}
