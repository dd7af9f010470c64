import type { Client } from 'pg';
import { ProvisionError } from '../provision/provision-error';

/** What a session of the administrator relies on, whatever was set for the database role, the database or the server. */
const SETTINGS: Readonly<Record<string, string>> = {
  // A reader waits, and says who is in the way. What changes something sets a shorter one.
  lock_timeout: '5s',
  transaction_timeout: '0',
  idle_in_transaction_session_timeout: '60s',
  default_transaction_isolation: 'read committed',
  standard_conforming_strings: 'on',
  quote_all_identifiers: 'off',
};

/** An older release does not know all of them. */
const SET = `select set_config(name, wanted, false) from (values ${Object.entries(SETTINGS)
  .map(([name, value]) => `('${name}', '${value}')`)
  .join(', ')}) as wanted (name, wanted) join pg_settings using (name)`;

/**
 * Makes a connection fit for an administrator's work.
 *
 * @throws ProvisionError when a connection pooler answers: it gives each transaction another session
 */
export async function prepareAdministratorSession(client: Client): Promise<void> {
  // First of all, and alone: a timeout of a few milliseconds would end anything that takes longer.
  await client.query('set statement_timeout = 0');
  await requireOwnSession(client);
  await client.query(SET);
}

/** A pooler invents the process id that it tells its clients. */
async function requireOwnSession(client: Client): Promise<void> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const { host, port } = client;
  const told = (client as Client & { processID: number | null }).processID;
  if (rows[0]?.pid === told) return;
  throw new ProvisionError(
    `${host}:${port} is a connection pooler or proxy, not the database: it announced session ${told}, and session ${rows[0]?.pid} answered. Locks and settings of a session do not hold there. Nothing was changed. Give the writer endpoint of the cluster with --host and --port (\`host\` and \`port\` of the construct).`,
  );
}
