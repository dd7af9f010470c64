import { checkCatalog } from '../checks/catalog';
import { checkDatabaseUrl } from '../checks/database-url';
import { checkIsolation } from '../checks/isolation';
import { checkMigrations } from '../checks/migrations';
import { checkSearchPath } from '../checks/search-path';
import { checkSecretKeys, checkSecretUnlogged } from '../checks/secret';
import { type RehearsalContext, required } from '../context';

/** Compares what exists now with what should. */
export async function compare(context: RehearsalContext): Promise<string> {
  await checkMigrations(context);
  await checkCatalog(context);
  await checkSearchPath(context);
  checkSecretKeys(context);
  await checkSecretUnlogged(context, required(context, 'create').output);
  await checkIsolation(context);
  await checkDatabaseUrl(context);
  return 'schema, ledgers, secret, isolation, sign-in';
}
