import { expect, test } from 'vitest';
import type { Account } from '../../src/account/account';
import { databaseOf } from '../../src/account/checks/database';
import { checkSecretKeys } from '../../src/checks/secret';
import { Checklist } from '../../src/report/checklist';

const KEYS = ['APP_SECRET', 'DATABASE_URL', 'DIRECT_DATABASE_URL', 'TWO_FACTOR_ENCRYPTION_KEY', 'UMAMI_ADMIN_PASSWORD'];
const FIELDS = ['dbname', 'engine', 'host', 'password', 'port', 'schema', 'username', 'passwordVersion'];

/** An account whose secret has a version of the password. */
function accountWith(passwordVersion: string | undefined): Account {
  const secret = Object.fromEntries([...KEYS, ...FIELDS].map((key) => [key, 'x']));
  const database = { schema: 'umami', umamiAdministrator: 'generated', passwordVersion };
  return {
    stage: 'dev',
    config: { foundation: { stages: { dev: { database } } } },
    application: { databaseRole: 'umami' },
    aws: {
      ssm: { getParameter: async () => ({ Parameter: { Value: 'arn' } }) },
      secretsManager: { getSecretValue: async () => ({ SecretString: JSON.stringify(secret) }) },
    },
  } as unknown as Account;
}

test.each([
  ['2026-11', 'pass'],
  [undefined, 'fail'],
])(
  'the secret in the account has a version of the password when the configuration has: %s',
  async (version, status) => {
    const checklist = new Checklist();
    checkSecretKeys(await databaseOf(accountWith(version), checklist));
    expect(checklist.all().find(({ id }) => id === 'secret.keys')?.status).toBe(status);
  },
);
