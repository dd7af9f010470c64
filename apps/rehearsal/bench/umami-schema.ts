import { DEFAULT_LIMITS, type ProvisionInput, type Target } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';

/** Umami's schema in a database. */
export function target(database: string): Target {
  return {
    database,
    schema: 'umami',
    databaseRole: 'umami_user',
    owner: { name: 'bench', id: 'bench' },
    limits: DEFAULT_LIMITS,
  };
}

export const INPUT: ProvisionInput = { password: 'bench', canSignIn: async () => true };

/** Runs statements in one transaction over one connection, which is what they cost at least. */
export async function inOneTransaction(
  client: Client,
  statements: readonly string[],
  run: (sql: string) => Promise<unknown> = (sql) => client.query(sql),
): Promise<void> {
  await client.query('begin');
  for (const statement of statements) await run(statement);
  await client.query('commit');
}
