import { withClient } from '../provision/explain-failure';
import type { ProvisionReport } from '../provision/provision';
import { connectAdministrator } from '../secret/connect-administrator';
import { provisionWithSecret } from '../secret/provision-with-secret';
import type { Secrets } from '../secret/secrets-manager';
import { snapshotBeforeUpgrade } from '../snapshot/before-upgrade';
import type { Bounds } from '../time/in-time';
import type { UmamiDatabaseProperties } from './properties';
import { serverOf, targetOf, umamiEndpointOf } from './target';

/**
 * Rows of a table that a migration may rewrite within the time of a function.
 *
 * So many in each of the large tables at once should take no more than a quarter of the five minutes that CloudFormation
 * waits: the rest is for an Aurora that starts at its least capacity. `npx projen bench --only adopt` measures it.
 */
export const ROW_LIMIT = 250_000;

export interface ApplyContext extends Bounds {
  /** Physical id of the custom resource. */
  readonly id: string;
  /** What no other stack has in its id. */
  readonly stack: string;
  /** PEM text of the CA certificates that are trusted to sign the server's certificate. */
  readonly certificateAuthority: string;
  readonly secrets: Secrets;
  /** Whether the event is an Update, which only comes when nothing is left to roll back to another resource. */
  readonly settled: boolean;
  /** Whether the secret is a new one, or is for something else from now on. */
  readonly newSecret: boolean;
  /** Told about each warning before anything is changed. */
  onWarning(warning: string): void;
  /** Told what a snapshot is at. */
  onProgress(text: string): void;
}

export async function apply(properties: UmamiDatabaseProperties, context: ApplyContext): Promise<ProvisionReport> {
  const { certificateAuthority, secrets, settled, newSecret, deadline, signal, onWarning, onProgress } = context;
  const server = serverOf(properties, certificateAuthority);
  const client = await connectAdministrator(server, () => secrets.admin(properties.AdminSecretArn));
  const { Schema: schema, SnapshotCluster: cluster, PasswordVersion: passwordVersion } = properties;
  const work = async () => {
    const target = targetOf(properties, context);
    return provisionWithSecret(client, target, {
      server,
      store: secrets.store(properties.SecretArn),
      administrator: properties.UmamiAdministrator,
      umami: umamiEndpointOf(properties),
      rowLimit: ROW_LIMIT,
      reachedBy: reachedBy(properties),
      settled,
      newSecret,
      onWarning,
      deadline,
      beforeUpgrade: cluster ? snapshotBeforeUpgrade(client, target, { deadline, cluster, onProgress }) : undefined,
      passwordVersion,
    });
  };
  return withClient(client, { schema }, work, signal);
}

/** The same server and secrets, as options of the command line. */
function reachedBy(properties: UmamiDatabaseProperties): string {
  const { AdminSecretArn, SecretArn, Host, Port, UmamiHost, UmamiPort, UmamiAdministrator } = properties;
  const administrator = UmamiAdministrator === 'generated' ? '' : ` --umami-administrator ${UmamiAdministrator}`;
  const umamiHost = UmamiHost === undefined ? '' : ` --umami-host ${UmamiHost}`;
  const umamiPort = UmamiPort === undefined ? '' : ` --umami-port ${UmamiPort}`;
  return `--admin-secret ${AdminSecretArn} --secret ${SecretArn} --host ${Host} --port ${Port}${umamiHost}${umamiPort}${administrator}`;
}
