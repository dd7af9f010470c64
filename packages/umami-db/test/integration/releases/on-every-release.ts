import type { PostgresVersion } from '@user-metrics/postgres-server';
import { test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { serverOf } from '../server';
import { TESTED_RELEASES } from '../tested-releases';

/** A test on each tested release of PostgreSQL, on all of them at the same time: each has an application of its own. */
export function onEveryRelease(
  title: string,
  work: (application: Application, version: PostgresVersion) => Promise<void>,
): void {
  test.concurrent.for(TESTED_RELEASES)(`${title} (PostgreSQL %s)`, async (version) => {
    const application = await makeApplication(serverOf(version));
    try {
      await work(application, version);
    } finally {
      await application.close();
    }
  });
}
