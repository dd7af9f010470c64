import type { ClientBase } from 'pg';
import { type Migration, statementsOf } from '../migrations/index';
import { literal, qualified } from '../sql/identifiers';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';

/** Views and rules with what they read. Parameters: name of a schema. */
const DEPENDENTS_SQL = `
select distinct n.nspname as schema, v.relname as view, v.relkind as kind, t.relname as table, a.attname as column
from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
join pg_namespace n on n.oid = v.relnamespace join pg_class t on t.oid = d.refobjid
join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
where d.classid = 'pg_rewrite'::regclass and d.refclassid = 'pg_class'::regclass and v.oid <> t.oid
  and t.relnamespace = (select oid from pg_namespace where nspname = $1)
order by 1, 2, 4, 5`;

interface Dependent {
  readonly schema: string;
  readonly view: string;
  readonly kind: string;
  readonly table: string;
  readonly column: string;
}

/**
 * PostgreSQL drops no column, and changes the type of none, that a view reads.
 *
 * @throws ProvisionError that names the views of others that block pending migrations
 */
export async function requireNoDependents(
  client: ClientBase,
  { schema }: Target,
  pending: readonly Migration[],
): Promise<void> {
  if (pending.length === 0) return;
  const { rows } = await client.query<Dependent>(DEPENDENTS_SQL, [schema]);
  const obstacles = rows.flatMap((dependent) => {
    const migration = pending.find((each) => statementsOf(each, {}).some((sql) => isForbidden(sql, dependent)));
    return migration ? [{ ...dependent, migration: migration.name }] : [];
  });
  if (obstacles.length === 0) return;
  const list = obstacles.map(
    (one) =>
      `view ${one.schema}.${one.view} reads ${schema}.${one.table}.${one.column}, which ${one.migration} drops or changes`,
  );
  const views = [...new Map(obstacles.map((one) => [`${one.schema}.${one.view}`, one])).values()];
  const kept = views.map((view) => `select pg_get_viewdef(${literal(qualified(view.schema, view.view))}::regclass)`);
  const drops = views.map(
    (view) => `drop ${view.kind === 'm' ? 'materialized view' : 'view'} ${qualified(view.schema, view.view)}`,
  );
  throw new ProvisionError(
    `Views are in the way of the migrations: ${list.join('; ')}. Nothing was changed. Keep what they are (${kept.join('; ')}), run: ${drops.join('; ')}; then run it again, and create them again.`,
  );
}

/** In the forms that node-pg-migrate and Prisma give a statement. */
function isForbidden(sql: string, { table, column }: Dependent): boolean {
  const text = sql.trim();
  if (new RegExp(`^drop table .*"${table}"`, 'is').test(text)) return true;
  if (!new RegExp(`^alter table "${table}"`, 'i').test(text)) return false;
  const named = `(column )?(if exists )?"${column}"`;
  return new RegExp(`\\b(drop ${named}|alter ${named} (set data )?type)`, 'is').test(text);
}
