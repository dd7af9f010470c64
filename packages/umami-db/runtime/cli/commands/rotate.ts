import { canSignIn } from '../../connection/sign-in';
import { planRotation, rotate } from '../../secret/rotate';
import type { Flags } from '../options';
import { Output } from '../output';
import { storeOf, withSession } from '../session';

export async function rotateCommand(flags: Flags & { dryRun?: boolean }): Promise<number> {
  const output = new Output(flags.json ?? false);
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const signsIn = (password: string) => canSignIn({ ...server, user: target.databaseRole, password });
    if (flags.dryRun) {
      const would = await planRotation(client, target, { store, server, signsIn });
      const sentence = {
        rotate: `Database role ${target.databaseRole} would get a new password.`,
        finish: `A change of the password of database role ${target.databaseRole} that was broken off would be brought to its end.`,
      }[would];
      output.result({ dryRun: true, databaseRole: target.databaseRole, would }, [
        `${sentence} Nothing was changed: this was a dry run.`,
      ]);
      return 0;
    }
    const { outcome } = await output.whileRunning(() => rotate(client, target, { store, server, signsIn }));
    const finished = outcome === 'finished' ? ' An earlier change that was broken off was brought to its end.' : '';
    output.result({ outcome }, [
      `Database role ${target.databaseRole} has a new password, and signed in with it.${finished} Restart Umami's tasks now: those that run do not read the secret again, and lose events as soon as they open another connection.`,
    ]);
    return 0;
  });
}
