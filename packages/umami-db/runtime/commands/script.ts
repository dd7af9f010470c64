import { fchmodSync, fstatSync } from 'node:fs';
import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { storeOf, withSession } from '../cli/session';
import { withProvisioningLock } from '../provision/lock';
import { script } from '../provision/script';
import { planWithSecret } from '../secret/provision-with-secret';
import { ProvisionError } from '../target/provision-error';

/** Comment before SQL that must not be applied. */
const NOT_KEPT =
  '-- For reading only: this was a dry run, and no secret was written. A password in it fits nothing; run it without --dry-run.';

export async function scriptCommand(flags: Flags & { dryRun?: boolean }, output: Output): Promise<number> {
  const store = storeOf(flags);
  const { dryRun = false, umamiAdministrator: administrator } = flags;
  return withSession(flags, async ({ client, server, target }) => {
    const umami = { host: flags.umamiHost, port: flags.umamiPort };
    const { newSecret } = flags;
    const input = { server, store, administrator, umami, newSecret, refuseAhead: true, readOnly: dryRun };
    const text = await output.whileRunning(() =>
      withProvisioningLock(client, async () => {
        const { planned, ready } = await planWithSecret(client, target, input);
        if (!dryRun) await ready();
        return script(planned, target);
      }),
    );
    const sql = dryRun ? `${NOT_KEPT}\n${text}` : text;
    if (/ password '/.test(sql)) keepToOwner();
    output.result({ sql, ...(dryRun ? { dryRun } : {}) }, [sql.trimEnd()]);
    return 0;
  });
}

/** From the verifier in it a password can be guessed: a file that stdout is sent to is for its owner alone. */
function keepToOwner(): void {
  const { fd } = process.stdout;
  if (!fstatSync(fd).isFile()) return;
  try {
    fchmodSync(fd, 0o600);
    process.stderr.write(
      'The script holds a password verifier: only the owner of the file may read it now (mode 0600).\n',
    );
  } catch (error) {
    throw new ProvisionError(
      `The script holds a password verifier, and its file cannot be made readable for its owner alone: ${(error as Error).message}. Send it to a file of your own.`,
    );
  }
}
