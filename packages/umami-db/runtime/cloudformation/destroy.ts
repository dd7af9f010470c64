import { lookup } from 'node:dns/promises';
import type { Client } from 'pg';
import { failureCode } from '../connection/connect';
import { SQLSTATE } from '../connection/sqlstate';
import { withClient } from '../provision/explain-failure';
import { type RollbackReport, rollback } from '../provision/rollback';
import { connectAdministrator } from '../secret/connect-administrator';
import { MissingSecretError } from '../secret/secrets-manager';
import type { ApplyContext } from './apply';
import type { UmamiDatabaseProperties } from './properties';
import { serverOf, targetOf } from './target';

/** What Node.js calls a name that does not exist; one that cannot be asked for right now is `EAI_AGAIN`. */
const NO_SUCH_HOST = 'ENOTFOUND';

/** Every cluster has it. */
const MAINTENANCE_DATABASE = 'postgres';

/**
 * Removes what the resource made, and nothing that was transferred to another one. A cluster that does not exist any more
 * keeps nobody from deleting the stack; one that is there and cannot be reached does, for the data is in it.
 */
export async function destroy(
  properties: UmamiDatabaseProperties,
  context: Omit<ApplyContext, 'settled' | 'newSecret' | 'onWarning' | 'onProgress'>,
): Promise<RollbackReport> {
  const { certificateAuthority, secrets, deadline, signal } = context;
  const server = serverOf(properties, certificateAuthority);
  const connectTo = async (database: string) => {
    const client = await connectAdministrator({ ...server, database }, () => secrets.admin(properties.AdminSecretArn));
    signal.addEventListener('abort', () => client.end());
    return client;
  };
  const kept: string[] = [];
  let client: Client;
  try {
    client = await connectTo(server.database);
  } catch (error) {
    if (await isGone(server.host, error))
      return { removed: [], kept: [`there is no cluster at ${server.host} any more: nothing could be removed`] };
    if (failureCode(error) !== SQLSTATE.invalidCatalogName) throw error;
    // The schema went with its database; database roles belong to the cluster.
    kept.push(`there is no database ${server.database} any more: schema ${properties.Schema} went with it`);
    client = await connectTo(MAINTENANCE_DATABASE);
  }
  const work = async () => rollback(client, targetOf(properties, context), { connectTo, deadline });
  const report = await withClient(client, { schema: properties.Schema }, work);
  return { removed: report.removed, kept: [...report.kept, ...kept] };
}

/** A cluster takes its name in the DNS with it, and the secret of its administrator where Amazon RDS made that. */
async function isGone(host: string, error: unknown): Promise<boolean> {
  if (failureCode(error) === NO_SUCH_HOST) return true;
  if (!(error instanceof MissingSecretError)) return false;
  return lookup(host).then(
    () => false,
    ({ code }: NodeJS.ErrnoException) => code === NO_SUCH_HOST,
  );
}
