import type { ClientBase } from 'pg';
import { name } from '../sql/identifiers';
import type { HealthProbe, ProbeAnswer } from './answer';
import { databaseOf } from './read-only';

/** Rows after which the statement is not read any further. */
const MOST_ROWS = 1000;

/** Classes of SQLSTATE whose messages name objects and privileges and quote no data; those of class 22 quote values. */
const WITHOUT_DATA = /^(0A|25|42|53|55|57)/;

/**
 * Runs the statement as its database role, in a read-only transaction that is rolled back. A cursor takes one SELECT, VALUES
 * or WITH that writes nothing, and `move` counts its rows without one of them leaving the server.
 */
export async function probeAnswer(client: ClientBase, { databaseRole, statement }: HealthProbe): Promise<ProbeAnswer> {
  const database = await databaseOf(client);
  const answer = { action: 'probe' as const, ...database, databaseRole, statement, rows: 0, milliseconds: 0 };
  await client.query(`begin read only; set local statement_timeout = '10s'`);
  try {
    const refused = await client.query(`set local role ${name(databaseRole)}`).then(
      () => null,
      ({ message }: Error) => message,
    );
    if (refused !== null) return { ...answer, refused, failure: null };
    // Names of the statement are looked up as in any session of the database.
    await client.query('set local search_path to default');
    const start = performance.now();
    const run = async () => {
      // A named statement goes by the extended protocol, which takes no second one after a semicolon.
      await client.query({ name: 'probe', text: `declare probe no scroll cursor for ${statement}` });
      return (await client.query(`move forward ${MOST_ROWS} in probe`)).rowCount ?? 0;
    };
    const ended = await run().then(
      (rows) => ({ rows, failure: null }),
      (error) => ({ failure: reasonOf(error) }),
    );
    return { ...answer, refused: null, ...ended, milliseconds: Math.round(performance.now() - start) };
  } finally {
    await client.query('rollback');
  }
}

function reasonOf(error: Error & { readonly code?: string }): string {
  const { code = '', message } = error;
  return WITHOUT_DATA.test(code) ? `${message} (SQLSTATE ${code})` : `SQLSTATE ${code || 'not known'}`;
}
