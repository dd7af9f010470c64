import { type Plan, plan } from '../provision/plan';
import { planWithSecret } from '../secret/provision-with-secret';
import type { Flags } from './options';
import { hasStore, type Session, storeOf } from './session';

/** The plan without a change, and without a secret unless one is given. */
export async function look({ client, server, target }: Session, flags: Flags): Promise<Plan> {
  if (!hasStore(flags)) return plan(client, target, { password: '', canSignIn: async () => true });
  const input = { server, store: storeOf(flags), administrator: flags.umamiAdministrator ?? 'generated' };
  return (await planWithSecret(client, target, { ...input, readOnly: true })).planned;
}
