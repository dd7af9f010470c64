import { type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import type { TestProject } from 'vitest/node';
import type { TestServer } from './server';
import { TESTED_RELEASES } from './tested-releases';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Servers of each release that is tested, one for each worker: what a test sees of a cluster is its own. */
    postgres: Readonly<Partial<Record<PostgresVersion, readonly TestServer[]>>>;
  }
}

export default function start(project: TestProject): Promise<() => Promise<void>> {
  return startReleases(project, TESTED_RELEASES);
}

/** Starts a server of each release for each worker; answers with what stops them. */
export async function startReleases(
  project: TestProject,
  releases: readonly PostgresVersion[],
): Promise<() => Promise<void>> {
  const workers = Array.from({ length: project.config.maxWorkers });
  const servers = await Promise.all(releases.flatMap((version) => workers.map(() => startPostgres({ version }))));
  const provided = releases.map((release) => [
    release,
    servers
      .filter(({ version }) => version === release)
      .map(({ version, port, superuser, caCertificate }) => ({ version, port, ...superuser, caCertificate })),
  ]);
  project.provide('postgres', Object.fromEntries(provided));
  return async () => void (await Promise.all(servers.map(({ stop }) => stop())));
}
