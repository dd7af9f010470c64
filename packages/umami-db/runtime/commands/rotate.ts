import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { storeOf, withSession } from '../cli/session';
import { planRotation, rotate } from '../secret/rotate';
import { rotationOf } from '../secret/staged-rotation';

export async function rotateCommand(
  flags: Flags & { dryRun?: boolean; force?: boolean },
  output: Output,
): Promise<number> {
  const store = storeOf(flags);
  return withSession(flags, async ({ client, server, target }) => {
    const input = { ...rotationOf({ store, server }), force: flags.force ?? false };
    if (flags.dryRun) {
      const { would, databaseRole } = await planRotation(client, target, input);
      const sentence = {
        rotate: `Database role ${databaseRole} would get a new password.`,
        finish: `A change of the password of database role ${databaseRole} that was interrupted would be completed.`,
      }[would];
      output.result({ dryRun: true, databaseRole, would }, [`${sentence} Nothing was changed: this was a dry run.`]);
      return 0;
    }
    const result = await output.whileRunning(() => rotate(client, target, input));
    const { outcome, before, after = target.databaseRole } = result;
    const finished = outcome === 'finished' ? ' An earlier change that was interrupted was completed.' : '';
    const restart =
      before === undefined
        ? 'now: those that run do not read the secret again, and lose events as soon as they open another connection.'
        : `before the next rotation, which changes the password of ${before}: tasks that run go on working as ${before} until then.`;
    output.result(result, [
      `Database role ${after} has a new password, and signed in with it.${finished} Restart Umami's tasks ${restart}`,
    ]);
    return 0;
  });
}
