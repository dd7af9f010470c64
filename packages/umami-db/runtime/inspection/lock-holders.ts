import type { ClientBase } from 'pg';
import { ledgerSchema } from '../target/names';
import type { Target } from '../target/target';

interface Holder {
  readonly pid: number;
  readonly user: string | null;
  readonly relation: string;
  readonly since: string | null;
  readonly state: string | null;
}

const SHOWN = 3;

/** The oldest transactions first. Without pg_monitor, times of other users' sessions are null. */
const HOLDERS_SQL = `
select distinct on (xact_start, a.pid) a.pid, usename as "user", l.relation::regclass::text as relation,
  to_char(coalesce(query_start, xact_start) at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as since, state
from pg_locks l join pg_class c on c.oid = l.relation join pg_stat_activity a on a.pid = l.pid
where l.granted and a.pid <> pg_backend_pid() and (
  l.database = (select oid from pg_database where datname = current_database())
    and relnamespace::regnamespace::text = any (array[quote_ident($1), quote_ident($2)]) and ($3::text[] is null or l.mode = any ($3))
  or l.database = 0 and l.mode not in ('AccessShareLock', 'RowShareLock'))
order by xact_start nulls last, a.pid limit ${SHOWN}`;

interface Wanted {
  readonly target: Pick<Target, 'schema'>;
  /** Whether tables were to be changed: then a query that only reads them blocks too; or their rows alone. */
  readonly changes: boolean | 'rows';
}

/** Modes of table locks that block a query that reads. */
const OF_READERS = ['AccessExclusiveLock'];

/** Modes of table locks that block a query that changes rows. */
const OF_ROWS = [...OF_READERS, 'ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock'];

/**
 * Who holds locks on tables of the schema and its ledger, or on roles: a sentence each, with a space before it. A lock that
 * has been released meanwhile is not found.
 */
export async function lockHolders(client: ClientBase, { target, changes }: Wanted): Promise<string> {
  const modes = changes === 'rows' ? OF_ROWS : changes ? null : OF_READERS;
  const { rows } = await client.query<Holder>(HOLDERS_SQL, [target.schema, ledgerSchema(target), modes]);
  return rows.map(inWords).join('');
}

function inWords({ pid, user, relation, since, state }: Holder): string {
  const query = since === null ? '' : `, and its query began at ${since}`;
  const open = state === 'idle in transaction' ? '; the transaction is still open' : '';
  return ` Process ${pid} of user ${user ?? 'unknown'} holds a lock on ${relation}${query}${open}.`;
}
