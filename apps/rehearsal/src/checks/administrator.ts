import { type RehearsalContext, required } from '../context';
import { withAdmin } from '../database/as-admin';

/** The master of an Aurora cluster has CREATEROLE and CREATEDB, and is never a superuser. */
export async function checkAdministrator(context: RehearsalContext): Promise<void> {
  const { rolsuper, rolcreaterole, rolcreatedb } = await withAdmin(required(context, 'application'), async (admin) => {
    const { rows } = await admin.query(
      'select rolsuper, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    );
    return rows[0];
  });
  context.checklist.verdict(
    'server.administrator',
    [...(rolsuper ? ['it is a superuser'] : []), ...(rolcreaterole ? [] : ['it has no CREATEROLE'])],
    `superuser ${rolsuper}, CREATEROLE ${rolcreaterole}, CREATEDB ${rolcreatedb}`,
  );
}
