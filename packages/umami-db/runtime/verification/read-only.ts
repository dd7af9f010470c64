import type { ClientBase } from 'pg';
import type { AnsweringDatabase } from './answer';

/** What bounds each statement: it changes nothing, waits for no lock longer than a moment, and ends. */
const SETTINGS = {
  default_transaction_read_only: 'on',
  lock_timeout: '2s',
  statement_timeout: '30s',
  idle_in_transaction_session_timeout: '60s',
};

/** Makes every transaction of a session read-only, unless it says otherwise itself. */
export async function makeReadOnly(client: ClientBase): Promise<void> {
  for (const [name, value] of Object.entries(SETTINGS)) await client.query(`set ${name} = '${value}'`);
}

export async function databaseOf(client: ClientBase): Promise<AnsweringDatabase> {
  const { rows } = await client.query<AnsweringDatabase>(
    `select current_database() as database, split_part(current_setting('server_version'), ' ', 1) as server`,
  );
  if (!rows[0]) throw new Error('PostgreSQL does not know which database is connected.');
  return rows[0];
}
