import { type PostgresServer, type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import { Client, escapeLiteral } from 'pg';
import type { TestProject } from 'vitest/node';
import { fastSignIn } from './fast-sign-in';
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
  const servers: PostgresServer[] = [];
  // One release after the other: each server takes a processor for a second, and a release may have to be fetched.
  for (const version of releases) servers.push(...(await Promise.all(workers.map(() => startPrepared(version)))));
  const provided = releases.map((release) => [
    release,
    servers
      .filter(({ version }) => version === release)
      .map(({ version, port, superuser, caCertificate }) => ({ version, port, ...superuser, caCertificate })),
  ]);
  project.provide('postgres', Object.fromEntries(provided));
  return async () => void (await Promise.all(servers.map(({ stop }) => stop())));
}

async function startPrepared(version: PostgresVersion): Promise<PostgresServer> {
  const server = await startPostgres({ version, onProgress: (message) => process.stdout.write(`${message}\n`) });
  await prepare(server);
  return server;
}

/**
 * The first session of a database caches its catalog in a file, which each copy of `template1` then has. The superuser
 * signs in before each test: see {@link fastSignIn}.
 */
async function prepare({ version, superuser, host, port, caCertificate }: PostgresServer): Promise<void> {
  const client = new Client({ ...superuser, host, port, database: 'template1', ssl: { ca: caCertificate } });
  await client.connect();
  await client.query(
    `${fastSignIn(version)} alter role ${superuser.user} password ${escapeLiteral(superuser.password)}`,
  );
  await client.end();
}
