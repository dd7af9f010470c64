import { withProvisioningLock } from '../../provision/lock';
import { script } from '../../provision/script';
import { planWithSecret } from '../../secret/provision-with-secret';
import type { Flags } from '../options';
import { Output } from '../output';
import { storeOf, withSession } from '../session';

export async function scriptCommand(flags: Flags): Promise<number> {
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const input = { server, store, administrator: flags.umamiAdministrator, refuseAhead: true, refuseUnknown: true };
    const text = await withProvisioningLock(client, async () => {
      const { planned, ready } = await planWithSecret(client, target, input);
      await ready();
      return script(planned, target);
    });
    new Output(flags.json ?? false).result({ sql: text }, [text.trimEnd()]);
    return 0;
  });
}
