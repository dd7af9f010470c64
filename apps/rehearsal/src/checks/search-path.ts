import { withAdmin } from '../database/as-admin';
import type { DatabaseUnderTest } from '../database/database-under-test';

/** Umami's raw queries name no schema: without this setting some of them fail. */
export async function checkSearchPath(database: DatabaseUnderTest): Promise<void> {
  const { checklist, application, schema, databaseRole } = database;
  const settings = await withAdmin(application, async (admin) => {
    const { rows } = await admin.query(
      `select setconfig from pg_db_role_setting join pg_roles on pg_roles.oid = setrole join pg_database on pg_database.oid = setdatabase
       where rolname = $1 and datname = current_database()`,
      [databaseRole],
    );
    return (rows[0]?.setconfig ?? []) as string[];
  });
  const isSet = settings.some((setting) => setting.replaceAll('"', '') === `search_path=${schema}`);
  const evidence = settings.join(', ') || 'no settings';
  checklist.verdict('database.search-path', isSet ? [] : [`search_path=${schema} is not among: ${evidence}`], evidence);
}
