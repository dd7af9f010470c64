import type { SecretValue } from '../secret/secret-value';

/** Keys that Umami's secret always has. */
export const SECRET_KEYS = [
  'engine',
  'host',
  'port',
  'username',
  'password',
  'dbname',
  'schema',
  'DATABASE_URL',
  'DIRECT_DATABASE_URL',
  'APP_SECRET',
  'TWO_FACTOR_ENCRYPTION_KEY',
] as const satisfies readonly (keyof SecretValue)[];

/** Keys that it may have as well. */
export const OTHER_SECRET_KEYS = [
  'UMAMI_ADMIN_PASSWORD',
  'passwordVersion',
] as const satisfies readonly (keyof SecretValue)[];
