import type { PostgresVersion } from '@user-metrics/postgres-server';
import { test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { serverOf } from '../server';
import { DIFFERING_RELEASES, EQUAL_RELEASES } from '../tested-releases';

type Work = (application: Application, version: PostgresVersion) => Promise<void>;

/** A test whose result may differ between releases of PostgreSQL. */
export const onEveryRelease = (title: string, work: Work): void => onReleases(DIFFERING_RELEASES, title, work);

/** A test whose result does not: all releases take part only in `npx projen test:all`. */
export const onOneRelease = (title: string, work: Work): void => onReleases(EQUAL_RELEASES, title, work);

/** On all of them at the same time: each has an application of its own. */
function onReleases(releases: readonly PostgresVersion[], title: string, work: Work): void {
  test.concurrent.for(releases)(`${title} (PostgreSQL %s)`, async (version) => {
    const application = await makeApplication(serverOf(version));
    try {
      await work(application, version);
    } finally {
      await application.close();
    }
  });
}
