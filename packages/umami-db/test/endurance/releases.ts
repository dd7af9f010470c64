import type { PostgresVersion } from '@user-metrics/postgres-server';

/** What differs by release is rights of roles (from 16 on) and what PUBLIC may create (until 14): the first and the last. */
export const DIFFERING_RELEASES: readonly PostgresVersion[] = ['14', '18'];
