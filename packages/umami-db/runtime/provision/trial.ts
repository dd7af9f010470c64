import type { ClientBase } from 'pg';
import { type FurtherMigration, isFurther, type Migration, statementsOf } from '../migrations/index';
import { knownMigrations } from '../migrations/known-migrations';
import { name } from '../sql/identifiers';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import { TRANSACTION_SETTINGS } from './execute';
import { explainFailure, isCut } from './explain-failure';
import { inScratch } from './scratch';

/** Tables outside of a schema that the transaction has used so far: it holds a lock on each until it ends. Parameters: the schema. */
const USED_SQL = `
select distinct format('%I.%I', nspname, relname) as "table"
from pg_locks l join pg_class c on c.oid = relation join pg_namespace n on n.oid = relnamespace
where l.pid = pg_backend_pid() and locktype = 'relation' and relkind in ('r', 'p', 'v', 'm', 'f', 'S')
  and l.database = (select oid from pg_database where datname = current_database())
  and nspname not in ($1, 'pg_catalog', 'pg_toast', 'information_schema') order by 1`;

/**
 * Runs migrations that the package does not have in a scratch schema, after those before them, in a transaction that is
 * rolled back: PostgreSQL itself says whether it accepts each statement, and which tables it uses.
 *
 * @throws ProvisionError that names the file and line of a statement that fails or uses a table that is not Umami's
 */
export async function tryFurther(client: ClientBase, target: Target, pending: readonly Migration[]): Promise<void> {
  const tried = new Set(pending.filter(isFurther));
  if (tried.size === 0) return;
  await inScratch(client, async (scratch) => {
    await client.query(TRANSACTION_SETTINGS.join('; '));
    await client.query(`set local search_path = ${name(scratch)}`);
    const used = async () =>
      (await client.query<{ table: string }>(USED_SQL, [scratch])).rows.map(({ table }) => table);
    for (const migration of knownMigrations(target)) {
      if (isFurther(migration) && tried.has(migration)) await tryMigration(client, migration, used);
      else for (const sql of statementsOf(migration, {})) await client.query(sql);
    }
  });
}

async function tryMigration(
  client: ClientBase,
  migration: FurtherMigration,
  used: () => Promise<string[]>,
): Promise<void> {
  // An event trigger of the application may write to its own tables.
  const before = await used();
  for (const [index, sql] of migration.statements.entries()) {
    const refuse = (reason: string, cause?: unknown) =>
      new ProvisionError(
        `Migration ${migration.name} was tried in a scratch schema, and nothing was changed: line ${migration.lines[index]} of its migration.sql ${reason}`,
        { cause },
      );
    await client.query(sql).catch((error) => {
      const explained = explainFailure(error);
      if (isCut(error) || !(explained instanceof ProvisionError)) throw explained;
      throw refuse(`fails. ${explained.message}`, error);
    });
    const [table] = (await used()).filter((each) => !before.includes(each));
    if (table !== undefined) throw refuse(`uses ${table}, which is not a table of Umami.`);
  }
}
