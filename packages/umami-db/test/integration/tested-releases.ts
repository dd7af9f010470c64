import { DEFAULT_POSTGRES_VERSION, POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';

/** Whether `npx projen test:all` runs: every release, and every case of the matrices. */
export const isTestAll = process.env['USER_METRICS_TEST_ALL'] === 'true';

/** The release that is installed with the repository, or all of them. */
export const TESTED_RELEASES: readonly PostgresVersion[] = isTestAll ? POSTGRES_VERSIONS : [DEFAULT_POSTGRES_VERSION];

/** What differs by release is rights of roles (from 16 on) and what PUBLIC may create (until 14): the first and the last. */
export const DIFFERING_RELEASES: readonly PostgresVersion[] = ['14', '18'];
