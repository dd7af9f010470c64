import { hash } from 'bcryptjs';
import { connect } from '../connection/connect';
import { inspect } from '../provision/inspect';
import { withProvisioningLock } from '../provision/lock';
import { requireOwnership } from '../provision/ownership';
import { type ProvisionReport, provision } from '../provision/provision';
import { DEFAULT_LIMITS, type Target } from '../provision/target';
import { parseSecretValue, secretValue } from '../secret/secret-value';
import type { UmamiDatabaseProperties } from './properties';
import type { Secrets } from './secrets';

/** Umami's own cost factor for passwords. */
const BCRYPT_COST = 10;

export interface ApplyContext {
  /** Physical id of the custom resource. */
  readonly id: string;
  /** PEM text of the authorities that the server's certificate may be signed by. */
  readonly certificateAuthority: string;
  readonly secrets: Secrets;
}

/** Brings database and secret to what the properties say. */
export async function apply(
  properties: UmamiDatabaseProperties,
  { id, certificateAuthority, secrets }: ApplyContext,
): Promise<ProvisionReport> {
  const {
    Owner,
    Host: host,
    Database: database,
    Schema: schema,
    DatabaseRole: databaseRole,
    AdminSecretArn,
    SecretArn,
  } = properties;
  const port = Number(properties.Port);
  const target: Target = { database, schema, databaseRole, owner: { name: Owner, id }, limits: DEFAULT_LIMITS };
  const admin = await secrets.admin(AdminSecretArn);
  const server = { host, port, database, certificateAuthority };
  const client = await connect({ ...server, user: admin.username, password: admin.password });
  try {
    // An event that is sent twice must not leave one password in the secret and another one in the database.
    return await withProvisioningLock(client, async () => {
      const found = await inspect(client, target);
      requireOwnership(found, target);
      const makeAdministrator = found.applied.length === 0 && properties.UmamiAdministrator === 'generated';
      const text = await secrets.read(SecretArn);
      const value = secretValue(
        { host, port, database, schema, databaseRole },
        parseSecretValue(text),
        makeAdministrator,
      );
      // Written before the database knows the password: whatever happens in between, the next run finds it here.
      if (text !== JSON.stringify(value)) await secrets.write(SecretArn, value);
      const { password, UMAMI_ADMIN_PASSWORD } = value;
      const canSignIn = async () => {
        const asRole = await connect({ ...server, user: databaseRole, password }, { retries: 0 }).catch(
          () => undefined,
        );
        await asRole?.end();
        return asRole !== undefined;
      };
      const seed =
        makeAdministrator && UMAMI_ADMIN_PASSWORD
          ? { administratorPasswordHash: await hash(UMAMI_ADMIN_PASSWORD, BCRYPT_COST) }
          : {};
      return provision(client, target, { password, canSignIn, ...seed });
    });
  } finally {
    await client.end();
  }
}
