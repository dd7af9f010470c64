import { type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import type { TestProject } from 'vitest/node';
import type { TestServer } from './server';
import { TESTED_RELEASES } from './tested-releases';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A server of each release that is tested, for all tests. */
    postgres: Readonly<Partial<Record<PostgresVersion, TestServer>>>;
  }
}

export default function start(project: TestProject): Promise<() => Promise<void>> {
  return startReleases(project, TESTED_RELEASES);
}

/** Starts a server of each release; answers with what stops them. */
export async function startReleases(
  project: TestProject,
  releases: readonly PostgresVersion[],
): Promise<() => Promise<void>> {
  const servers = await Promise.all(releases.map((version) => startPostgres({ version })));
  const provided = servers.map(({ version, port, superuser, authority }) => [
    version,
    { version, port, ...superuser, authority },
  ]);
  project.provide('postgres', Object.fromEntries(provided));
  return async () => void (await Promise.all(servers.map(({ stop }) => stop())));
}
