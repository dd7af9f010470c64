import { DEFAULT_POSTGRES_VERSION, POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';

/** `npx projen test:all` sets it. */
const all = process.env['USER_METRICS_TEST_ALL'] === 'true';

/** For behaviour that differs between releases of PostgreSQL: the oldest and the newest, or all of them. */
export const DIFFERING_RELEASES: readonly PostgresVersion[] = all ? POSTGRES_VERSIONS : ['14', '18'];

/** For behaviour that does not: the default release, or all of them. */
export const EQUAL_RELEASES: readonly PostgresVersion[] = all ? POSTGRES_VERSIONS : [DEFAULT_POSTGRES_VERSION];
