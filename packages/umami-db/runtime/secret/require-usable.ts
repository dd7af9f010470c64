import type { ClientBase } from 'pg';
import { type ConnectionOptions, connect, failureCode } from '../connection/connect';
import { SQLSTATE } from '../connection/sqlstate';
import { ROLE_OBSTACLES_SQL } from '../sql/role-obstacles.sql';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';

/** Every release of Umami has the table with these columns. It is named as Umami's raw queries do: by the search_path alone. */
const INSERT = `insert into website (website_id, name) values (gen_random_uuid(), 'inserted by umami-db and rolled back')`;

/** What keeps the insert from being felt: it gives up a lock in a moment, and ends soon. */
const BEGIN = `begin; set local lock_timeout = '2s'; set local statement_timeout = '10s'`;

/** SQLSTATEs that say nothing about the database role: no connection left, lock or statement timeout. */
const NOT_TRIED = new Set<string>([SQLSTATE.tooManyConnections, SQLSTATE.lockNotAvailable, SQLSTATE.queryCanceled]);

/** Class of SQLSTATEs of rows that a constraint refuses, as of a newer Umami: privileges are checked before. */
const CONSTRAINT = /^23/;

/**
 * Does what Umami does, with what the secret says: signs in as the database role, and inserts a row that is rolled back.
 *
 * @param client the administrator's connection, for the reason of a failure
 * @returns a warning when it could not be tried
 * @throws ProvisionError with the reason, and the statement that removes it where the catalog knows it
 */
export async function requireUsable(client: ClientBase, target: Target, signIn: ConnectionOptions): Promise<string[]> {
  const { databaseRole, database } = target;
  const fail = async (what: string, error: unknown) => {
    const { code = failureCode(error), message } = error as Error & { code?: string };
    if (NOT_TRIED.has(code ?? '')) {
      return [`Whether database role ${databaseRole} can sign in and write was not tried: ${message}`];
    }
    const { rows } = await client.query<{ what: string; statement: string }>(ROLE_OBSTACLES_SQL, [
      databaseRole,
      database,
    ]);
    const reasons = rows.map((row) => row.what).join(', and ');
    const remedy = rows.map(({ statement }) => `${statement};`).join(' ');
    throw new ProvisionError(
      `Database role ${databaseRole} cannot ${what}: ${rows.length > 0 ? `${reasons}. Run as an administrator: ${remedy}` : message}`,
      { cause: error },
    );
  };
  const connected = await connect(signIn, { attemptTimeout: 10_000, retries: 3, afterAuthentication: false }).catch(
    (error) => fail('sign in', error),
  );
  if (Array.isArray(connected)) return connected;
  try {
    await connected.query(BEGIN);
    await connected.query(INSERT);
    await connected.query('rollback');
    return [];
  } catch (error) {
    if (CONSTRAINT.test((error as { code?: string }).code ?? '')) return [];
    return await fail(`add a row to table website of schema ${target.schema}`, error);
  } finally {
    // Its transaction ends with it.
    await connected.end();
  }
}
