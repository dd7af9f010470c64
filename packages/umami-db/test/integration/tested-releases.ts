import { DEFAULT_POSTGRES_VERSION, POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';

/** The release that is installed with the repository; `npx projen test:all` takes all of them. */
export const TESTED_RELEASES: readonly PostgresVersion[] =
  process.env['USER_METRICS_TEST_ALL'] === 'true' ? POSTGRES_VERSIONS : [DEFAULT_POSTGRES_VERSION];
