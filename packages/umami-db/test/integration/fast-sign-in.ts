import type { PostgresVersion } from '@user-metrics/postgres-server';

/** Makes the passwords that a session sets cheap to check: by default each sign-in takes milliseconds of both sides. */
export function fastSignIn(version: PostgresVersion): string {
  return Number(version) < 16 ? '' : 'set scram_iterations = 1;';
}
