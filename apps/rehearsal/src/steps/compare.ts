import { checkCatalog } from '../checks/catalog';
import { checkDatabaseUrl } from '../checks/database-url';
import { checkIsolation } from '../checks/isolation';
import { checkMigrations } from '../checks/migrations';
import { checkSearchPath } from '../checks/search-path';
import { checkSecretKeys, checkSecretUnlogged } from '../checks/secret';
import { type RehearsalContext, required } from '../context';
import { underTest } from '../database/database-under-test';

/** Compares what exists now with what should. */
export async function compare(context: RehearsalContext): Promise<string> {
  const database = underTest(context);
  await checkMigrations(database);
  await checkCatalog(database);
  await checkSearchPath(database);
  checkSecretKeys(database);
  await checkSecretUnlogged(context, required(context, 'create').output);
  await checkIsolation(database);
  await checkDatabaseUrl(database);
  return 'schema, ledgers, secret, isolation, sign-in';
}
