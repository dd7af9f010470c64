import type { PostgresVersion } from '@user-metrics/postgres-server';
import { test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { serverOf } from '../server';
import { DIFFERING_RELEASES, isTestAll, TESTED_RELEASES } from '../tested-releases';

type Work = (application: Application, version: PostgresVersion) => Promise<void>;

/** A test on each tested release of PostgreSQL, on all of them at the same time: each has an application of its own. */
export function onEveryRelease(title: string, work: Work): void {
  onReleases(TESTED_RELEASES, title, work);
}

/** The same where nothing but the rights of roles differs from one release to another; in test:all on two of them. */
export function onDifferingReleases(title: string, work: Work): void {
  onReleases(isTestAll ? DIFFERING_RELEASES : TESTED_RELEASES, title, work);
}

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
