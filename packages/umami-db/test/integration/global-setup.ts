import { POSTGRES_VERSIONS, type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import type { TestProject } from 'vitest/node';
import type { TestServer } from './server';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server of each release, for all tests. */
    postgres: Readonly<Record<PostgresVersion, TestServer>>;
  }
}

export default async function start(project: TestProject): Promise<() => Promise<void>> {
  const servers = await Promise.all(POSTGRES_VERSIONS.map((version) => startPostgres({ version })));
  const provided = servers.map(({ version, port, superuser, authority }) => [
    version,
    { version, port, ...superuser, authority },
  ]);
  project.provide('postgres', Object.fromEntries(provided));
  return async () => void (await Promise.all(servers.map(({ stop }) => stop())));
}
