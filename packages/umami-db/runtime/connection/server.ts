import type { ClientBase } from 'pg';
import { name } from '../sql/identifiers';
import { ProvisionError } from '../target/provision-error';
import { POSTGRESQL } from './releases';

/** What the connected server is. */
export interface Server {
  /** e.g. `17.10` */
  readonly version: string;
  readonly majorVersion: number;
  /** What works today and may not tomorrow. */
  readonly warnings: readonly string[];
}

/**
 * Makes sure that the server can be changed and is new enough.
 *
 * @param connections how many Umami may take; fewer free ones are worth a warning
 * @throws ProvisionError for a reader, for an administrator whose transactions are read-only, and for releases before 13
 */
export async function checkServer(client: ClientBase, connections = 0): Promise<Server> {
  const { rows } = await client.query<{
    version: string;
    number: number;
    reader: boolean;
    readOnly: boolean;
    user: string;
    database: string;
    free: number;
  }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number, pg_is_in_recovery() as reader,
      (select reset_val = 'on' from pg_settings where name = 'default_transaction_read_only') as "readOnly", current_user as "user", current_database() as database,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as free`,
  );
  const {
    version = 'unknown',
    number = 0,
    reader = false,
    readOnly = false,
    user = '',
    database = '',
    free = connections,
  } = rows[0] ?? {};
  const majorVersion = Math.floor(number / 10_000);
  if (majorVersion < POSTGRESQL.oldest) {
    throw new ProvisionError(
      `PostgreSQL must be ${POSTGRESQL.oldest} or later, got: ${version}. Upgrade the cluster first.`,
    );
  }
  if (reader)
    throw new ProvisionError(
      'The connection leads to a reader, which takes no changes. Give the writer endpoint of the cluster.',
    );
  if (readOnly)
    throw new ProvisionError(
      // The setting of a database role in a database overrides all others.
      `Database role ${user} may only read: default_transaction_read_only is on for it, for the database or for the server. Nothing was changed. Connect as another administrator, or run: begin read write; alter role ${name(user)} in database ${name(database)} set default_transaction_read_only = off; commit;`,
    );
  const warnings =
    free >= connections
      ? []
      : [
          `Only ${free} connections of the server are free, and Umami may take ${connections}: raise max_connections, or lower the limit of Umami's.`,
        ];
  return { version, majorVersion, warnings };
}
