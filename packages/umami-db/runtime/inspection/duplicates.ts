import type { ClientBase } from 'pg';
import type { Migration } from '../migrations/index';
import { name } from '../sql/identifiers';
import type { Target } from '../target/target';
import { hasTable, type Inspection } from './facts';

/** Deletes all but the newest row of each key of a session, and makes the key unique. */
const DELETES_DUPLICATES = '23_update_session_data';

/** Renames the key's column. */
const RENAMES_KEY = '06_session_data';

interface Pending {
  readonly target: Target;
  readonly facts: Pick<Inspection, 'objects'>;
  readonly pending: readonly Migration[];
}

/** Rows that pending migrations will delete because a newer row has the same session and key. */
export async function countDuplicates(client: ClientBase, { target, facts, pending }: Pending): Promise<number> {
  const isPending = (migration: string) => pending.some((each) => each.name === migration);
  const exists = hasTable(facts, target.schema, 'session_data');
  if (!exists || !isPending(DELETES_DUPLICATES)) return 0;
  const key = isPending(RENAMES_KEY) ? 'session_key' : 'data_key';
  const { rows } = await client.query<{ duplicates: string }>(
    `select coalesce(sum(rows - 1), 0) as duplicates from (
       select count(*) as rows from ${name(target.schema)}.session_data group by session_id, ${key} having count(*) > 1
     ) as each`,
  );
  return Number(rows[0]?.duplicates);
}

/** What a migration will delete for good, in a sentence, before it does; none when it deletes nothing. */
export async function duplicateWarnings(client: ClientBase, input: Pending): Promise<string[]> {
  const duplicates = await countDuplicates(client, input);
  if (duplicates === 0) return [];
  return [
    `${DELETES_DUPLICATES} deletes ${duplicates} rows of table ${input.target.schema}.session_data for good: of each session and key only the newest row stays. To keep them, take a snapshot first.`,
  ];
}
