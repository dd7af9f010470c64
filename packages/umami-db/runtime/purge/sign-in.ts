import type { Client } from 'pg';
import type { ServerAddress } from '../connection/connect';
import { connectAdministrator } from '../secret/connect-administrator';
import type { SecretStore } from '../secret/secret-store';
import { directEndpoint, parseSecretValue } from '../secret/secret-value';
import { ProvisionError } from '../target/provision-error';

/** What Umami's secret says, at the endpoint of the cluster: a connection pooler is for Umami. */
export interface UmamiSignIn {
  readonly server: ServerAddress;
  readonly user: string;
  readonly password: string;
  readonly schema: string;
}

/** @throws ProvisionError when the secret is not one that provisioning wrote */
export async function readSignIn(store: SecretStore, certificateAuthority: string): Promise<UmamiSignIn> {
  const value = parseSecretValue(await store.read('AWSCURRENT'));
  const { username: user, password, dbname: database, schema } = value;
  const { host, port } = directEndpoint(value);
  if (!user || !password || !database || !schema || !host || !port) {
    throw new ProvisionError(
      `${store.name} must hold host, port, dbname, schema, username and password of Umami. Give the secret that provisioning wrote.`,
    );
  }
  return { server: { host, port, database, certificateAuthority }, user, password, schema };
}

/**
 * Signs in as Umami's database role, which may change rows of Umami's tables and nothing else in the database. The password
 * may be changed meanwhile: then the secret is read again.
 *
 * @throws ProvisionError when the database cannot be reached, or refuses the password
 */
export function signInAsUmami(
  server: UmamiSignIn['server'],
  read: () => Promise<Pick<UmamiSignIn, 'user' | 'password'>>,
): Promise<Client> {
  return connectAdministrator(server, async () => {
    const { user: username, password } = await read();
    return { username, password };
  });
}
