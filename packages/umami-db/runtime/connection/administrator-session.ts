import type { Client } from 'pg';
import { refuseTransactionPooling } from './transaction-pooling';

/** What a session of the administrator relies on, whatever was set for the database role, the database or the server. */
const SETTINGS: Readonly<Record<string, string>> = {
  // Anyone who may create functions in a schema of the path could otherwise have the administrator run them (CVE-2018-1058).
  search_path: 'pg_catalog',
  // A reader waits, and says who is in the way. What changes something sets a shorter one.
  lock_timeout: '5s',
  transaction_timeout: '0',
  idle_in_transaction_session_timeout: '60s',
  // A baseline pauses between its measurements, and an upgrade waits for the snapshot of the cluster.
  idle_session_timeout: '0',
  default_transaction_isolation: 'read committed',
  standard_conforming_strings: 'on',
  quote_all_identifiers: 'off',
};

/** An older release does not know all of them. */
const SET = `select set_config(name, wanted, false) from (values ${Object.entries(SETTINGS)
  .map(([name, value]) => `('${name}', '${value}')`)
  .join(', ')}) as wanted (name, wanted) join pg_settings using (name)`;

/** A statement ends with the process that sent it, and not minutes later with its locks. Not before PostgreSQL 14, nor on Windows. */
const END_WITH_CLIENT = `set client_connection_check_interval = '1s'`;

/**
 * Prepares a connection for the work of an administrator.
 *
 * @param connectOnce opens another connection of the same user through the same endpoint
 * @throws ProvisionError when a connection pooler gives each transaction another session
 */
export async function prepareAdministratorSession(client: Client, connectOnce: () => Promise<Client>): Promise<void> {
  await refuseTransactionPooling(client, connectOnce);
  // First, and alone: a timeout of a few milliseconds would end anything that takes longer.
  await client.query('set statement_timeout = 0');
  await client.query(SET);
  await client.query(END_WITH_CLIENT).catch(() => {});
}
