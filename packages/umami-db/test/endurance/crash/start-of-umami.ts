import type { CustomResource } from '../../integration/cloudformation/custom-resource';

/**
 * What Umami's container would do if it were started now. It needs to sign in, to read Prisma's ledger, and to find it
 * complete; with any other ledger it would begin to migrate, or serve what does not exist. `half` must never be seen.
 */
export type Start = 'cannot sign in' | 'sees no ledger' | 'runs' | 'half';

const LEDGER = `select count(*) filter (where finished_at is not null and rolled_back_at is null)::int as finished,
  count(*)::int as rows from umami._prisma_migrations`;

const TABLES = `select count(*)::int as usable from pg_class where relnamespace = 'umami'::regnamespace and relkind = 'r'
  and relname <> '_prisma_migrations' and has_table_privilege(oid, 'SELECT') and has_table_privilege(oid, 'INSERT')
  and has_table_privilege(oid, 'UPDATE') and has_table_privilege(oid, 'DELETE')`;

/** SQLSTATE of a schema or table that is not there, and of one that may not be read. */
const NO_LEDGER = new Set(['3F000', '42P01', '42501']);

export async function startOfUmami(resource: CustomResource): Promise<Start> {
  try {
    const [ledger] = await resource.asUmami(LEDGER);
    const [tables] = await resource.asUmami(TABLES);
    const complete = { finished: 26, rows: 26, usable: 26 };
    return JSON.stringify({ ...(ledger as object), ...(tables as object) }) === JSON.stringify(complete)
      ? 'runs'
      : 'half';
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code && NO_LEDGER.has(code)) return 'sees no ledger';
    if (code === '28P01' || code === '28000' || code === '42501' || message.includes('JSON')) return 'cannot sign in';
    throw error;
  }
}
