import { rollback } from '../../provision/rollback';
import type { Flags } from '../options';
import { Output } from '../output';
import { withSession } from '../session';

export async function rollbackCommand(flags: Flags & { dryRun?: boolean; force?: boolean }): Promise<number> {
  const output = new Output(flags.json ?? false);
  return withSession(flags, async ({ client, target, connectTo }) => {
    const { dryRun = false, force = false } = flags;
    const report = await output.whileRunning(() => rollback(client, target, { connectTo, dryRun, force, final: true }));
    output.result({ ...report, ...(dryRun ? { dryRun } : {}) }, [
      ...report.removed.map((what) => `${dryRun ? 'would be removed' : 'removed'}: ${what}`),
      ...report.kept.map((what) => `kept: ${what}`),
      ...(report.removed.length + report.kept.length === 0 ? ['There is nothing to remove.'] : []),
    ]);
    return 0;
  });
}
