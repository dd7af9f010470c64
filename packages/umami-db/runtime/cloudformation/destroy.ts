import { connect } from '../connection/connect';
import { type RollbackReport, rollback } from '../provision/rollback';
import type { ApplyContext } from './apply';
import type { UmamiDatabaseProperties } from './properties';
import { serverOf, targetOf } from './target';

/** Removes what the resource made, and nothing that another one has taken over. */
export async function destroy(
  properties: UmamiDatabaseProperties,
  { id, certificateAuthority, secrets }: Omit<ApplyContext, 'settled'>,
): Promise<RollbackReport> {
  const server = serverOf(properties, certificateAuthority);
  const { username: user, password } = await secrets.admin(properties.AdminSecretArn);
  const connectTo = (database: string) => connect({ ...server, database, user, password });
  const client = await connectTo(server.database);
  try {
    return await rollback(client, targetOf(properties, id), { connectTo });
  } finally {
    await client.end();
  }
}
