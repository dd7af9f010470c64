import type { ClientBase } from 'pg';
import type { ServerAddress } from '../connection/connect';
import { activeTarget } from '../inspection/alternation';
import type { Inspection } from '../inspection/facts';
import { findAllRights } from '../inspection/find-all-rights';
import { findReaders } from '../isolation/find-readers';
import type { Finding } from '../isolation/finding';
import { ANY_PASSWORD, type Plan, plan } from '../provision/plan';
import { readStatus, type Status, statusOf } from '../provision/status';
import type { UmamiAdministrator } from '../secret/administrator';
import { planWithSecret } from '../secret/provision-with-secret';
import type { SecretStore } from '../secret/secret-store';
import { parseSecretValue, type SecretValue } from '../secret/secret-value';
import { isInterrupted } from '../secret/staged-rotation';
import type { Target } from '../target/target';

export interface VerificationInput {
  /** The administrator's connection. */
  readonly client: ClientBase;
  readonly target: Target;
  readonly server: ServerAddress;
  /** Umami's secret. @default - not known: nobody signs in, and the answer says nothing of the secret */
  readonly store?: SecretStore | undefined;
  readonly administrator: UmamiAdministrator;
}

/** The same, inspected. */
export type Inspected = VerificationInput & { readonly facts: Inspection };

/** What the command line and the function both tell. */
export interface Found {
  readonly status: Status;
  /** What the secret holds. */
  readonly secret: Partial<SecretValue>;
  /** The target with that database role first which the secret names. */
  readonly active: Target;
  readonly reachable: readonly Finding[];
  /** Whether a change of the password was interrupted. */
  readonly interrupted: boolean;
  readonly warnings: readonly string[];
}

/**
 * What provisioning would do; nothing of it is done.
 *
 * @throws ProvisionError when provisioning would fail
 */
export async function planOnly({ client, target, server, store, administrator, facts }: Inspected): Promise<Plan> {
  if (!store) return plan(client, { target, facts }, ANY_PASSWORD);
  return (await planWithSecret(client, target, { server, store, administrator, readOnly: true, facts })).planned;
}

/** @param planned undefined where provisioning would fail */
export async function readFound(input: Inspected, planned: Plan | undefined): Promise<Found> {
  const { client, target, store, facts } = input;
  const view = { target, facts };
  const secret = parseSecretValue(await store?.read('AWSCURRENT'));
  const active = activeTarget(target, secret.username);
  return {
    status: planned ? await statusOf(client, view, planned) : await readStatus(client, view),
    secret,
    active,
    reachable: planned
      ? await findAllRights(client, active, planned.facts)
      : await findAllRights(client, target, facts),
    interrupted: store !== undefined && (await isInterrupted(store, target)),
    warnings: [...(planned?.warnings ?? []), ...(await findReaders(client, target))],
  };
}
