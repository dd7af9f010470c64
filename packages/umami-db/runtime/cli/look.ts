import { type Plan, plan } from '../provision/plan';
import { planWithSecret } from '../secret/provision-with-secret';
import type { Flags } from './options';
import { hasStore, type Session, storeOf } from './session';

/** The plan without a change, and without a secret unless one is given. */
export async function look(
  { client, server, target }: Session,
  flags: Flags,
  differing: { adopt?: boolean } = {},
): Promise<Plan> {
  const wanted = { ...target, ...differing };
  if (!hasStore(flags)) return plan(client, wanted, { password: '', canSignIn: async () => true });
  const input = { server, store: storeOf(flags), administrator: flags.umamiAdministrator ?? 'generated' };
  return (await planWithSecret(client, wanted, { ...input, readOnly: true })).planned;
}
