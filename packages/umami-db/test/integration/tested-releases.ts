import { DEFAULT_POSTGRES_VERSION, POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';

/** Whether `npx projen test:all` runs: every release, and every case of the matrices. */
export const isTestAll = process.env['USER_METRICS_TEST_ALL'] === 'true';

/** The release that is installed with the repository, or all of them. */
export const TESTED_RELEASES: readonly PostgresVersion[] = isTestAll ? POSTGRES_VERSIONS : [DEFAULT_POSTGRES_VERSION];
