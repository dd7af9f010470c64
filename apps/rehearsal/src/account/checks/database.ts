import { published, stageOf } from '@user-metrics/foundation/account';
import { checkCatalog } from '../../checks/catalog';
import { checkDatabaseUrl } from '../../checks/database-url';
import { checkIsolation } from '../../checks/isolation';
import { checkMigrations } from '../../checks/migrations';
import { checkSearchPath } from '../../checks/search-path';
import { checkSecretKeys } from '../../checks/secret';
import type { DatabaseUnderTest } from '../../database/database-under-test';
import type { CheckId } from '../../report/check';
import { Checklist } from '../../report/checklist';
import type { Account } from '../account';
import type { AccountCheck } from './account-check';

type DatabaseCheck = readonly [CheckId, (database: DatabaseUnderTest) => Promise<void> | void];

/** A criterion that is met when these checks of the database pass, run against the secret in the account. */
function metBy(id: CheckId, ...checks: DatabaseCheck[]): AccountCheck {
  return {
    id,
    async run(account) {
      const checklist = new Checklist();
      const database = await databaseOf(account, checklist);
      for (const [, check] of checks) await check(database);
      const ids = checks.map(([checkId]) => checkId);
      const results = checklist.all().filter((result) => ids.some((checkId) => checkId === result.id));
      const failed = results.filter(({ status }) => status !== 'pass');
      return {
        wrong: failed.map(({ evidence }) => evidence),
        evidence: results.map(({ evidence }) => evidence).join('; '),
      };
    },
  };
}

/** The database that the secret in the account leads to, and what the configuration says of it. */
export async function databaseOf(account: Account, checklist: Checklist): Promise<DatabaseUnderTest> {
  const { schema, umamiAdministrator, passwordVersion } = stageOf(account).database;
  const SecretId = await published(account, 'database/secret-arn');
  const { SecretString = '{}' } = await account.aws.secretsManager.getSecretValue({ SecretId });
  return {
    checklist,
    server: account.server,
    application: account.application,
    schema,
    databaseRole: account.application.databaseRole,
    umamiAdministrator,
    passwordVersion,
    secret: JSON.parse(SecretString),
  };
}

/** `1.2.AC1` to `1.2.AC6`, as the secret in the account leads to the database. */
export const databaseChecks: readonly AccountCheck[] = [
  metBy('1.2.AC1', ['database.catalog', checkCatalog]),
  metBy('1.2.AC2', ['database.search-path', checkSearchPath]),
  metBy('1.2.AC3', ['secret.keys', checkSecretKeys], ['client.database-url', checkDatabaseUrl]),
  metBy('1.2.AC4', ['isolation.application', checkIsolation]),
  metBy('1.2.AC6', ['database.migrations', checkMigrations]),
];
