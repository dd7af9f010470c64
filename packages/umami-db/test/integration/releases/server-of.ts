import { type PostgresVersion, startPostgres } from '@user-metrics/postgres-server';
import { afterAll, beforeAll } from 'vitest';
import { type Application, makeApplication } from '../application';
import type { TestServer } from '../server';

/** Releases of PostgreSQL in which rights on roles differ: since 16 an administrator needs the ADMIN OPTION. */
export const RELEASES: readonly PostgresVersion[] = ['15', '16', '17', '18'];

/** A server of a release for the tests of one `describe`. */
export function useServer(version: PostgresVersion): { application(): Promise<Application> } {
  let server: TestServer | undefined;
  let stop = async () => {};
  beforeAll(async () => {
    const { port, superuser, authority, stop: end } = await startPostgres({ version });
    server = { port, ...superuser, authority };
    stop = end;
  });
  afterAll(() => stop());
  return { application: () => makeApplication(server) };
}
