import type { PostgresServer } from '@user-metrics/postgres-server';
import { Client } from 'pg';

/** A server as `--database-url` names it. */
export function urlOf({ superuser, port, caFile }: PostgresServer, password = superuser.password): string {
  return `postgresql://${superuser.user}:${encodeURIComponent(password)}@localhost:${port}/postgres?sslrootcert=${encodeURIComponent(caFile)}`;
}

/** Names of its databases and database roles. */
export async function contentOf({ superuser, port, caCertificate: ca }: PostgresServer): Promise<string[]> {
  const client = new Client({ ...superuser, host: 'localhost', port, database: 'postgres', ssl: { ca } });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database union all select rolname from pg_roles order by 1',
  );
  await client.end();
  return rows.map(({ name }) => name);
}
