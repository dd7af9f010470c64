import type { ClientBase } from 'pg';
import { ProvisionError } from '../provision/provision-error';

/** gen_random_uuid() is part of PostgreSQL since this release. */
const OLDEST_RELEASE = 13;

/** What the connected server is. */
export interface Server {
  /** e.g. `17.10` */
  readonly version: string;
  readonly majorVersion: number;
}

/**
 * Makes sure that the server can be changed and is new enough.
 *
 * @throws ProvisionError for a reader and for releases before 13
 */
export async function checkServer(client: ClientBase): Promise<Server> {
  const { rows } = await client.query<{ version: string; number: number; reader: boolean }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number, pg_is_in_recovery() as reader`,
  );
  const { version = 'unknown', number = 0, reader = false } = rows[0] ?? {};
  const majorVersion = Math.floor(number / 10_000);
  if (majorVersion < OLDEST_RELEASE) {
    throw new ProvisionError(
      `PostgreSQL must be ${OLDEST_RELEASE} or later, got: ${version}. Upgrade the cluster first.`,
    );
  }
  if (reader)
    throw new ProvisionError(
      'The connection leads to a reader, which takes no changes. Give the writer endpoint of the cluster.',
    );
  return { version, majorVersion };
}
