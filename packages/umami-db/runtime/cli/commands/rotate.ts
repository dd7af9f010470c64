import { canSignIn } from '../../connection/sign-in';
import { rotate } from '../../secret/rotate';
import type { Flags } from '../options';
import { Output } from '../output';
import { storeOf, withSession } from '../session';

export async function rotateCommand(flags: Flags & { dryRun?: boolean }): Promise<number> {
  const output = new Output(flags.json ?? false);
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    if (flags.dryRun) {
      output.result({ wouldRotate: target.databaseRole }, [
        `Database role ${target.databaseRole} would get a new password. Nothing was changed: this was a dry run.`,
      ]);
      return 0;
    }
    const signsIn = (password: string) => canSignIn({ ...server, user: target.databaseRole, password });
    const { outcome } = await rotate(client, target, { store, signsIn });
    const finished = outcome === 'finished' ? ' An earlier change that was broken off was brought to its end.' : '';
    output.result({ outcome }, [
      `Database role ${target.databaseRole} has a new password, and signed in with it.${finished} Restart Umami's tasks.`,
    ]);
    return 0;
  });
}
