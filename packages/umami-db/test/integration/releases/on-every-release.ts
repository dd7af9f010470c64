import { POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';
import { test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { serverOf } from '../server';

/** A test on each release of PostgreSQL, on all of them at the same time: each has an application of its own. */
export function onEveryRelease(
  title: string,
  work: (application: Application, version: PostgresVersion) => Promise<void>,
): void {
  test.concurrent.for(POSTGRES_VERSIONS)(`${title} (PostgreSQL %s)`, async (version) => {
    const application = await makeApplication(serverOf(version));
    try {
      await work(application, version);
    } finally {
      await application.close();
    }
  });
}
