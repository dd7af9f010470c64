import { requireConfirmed } from '../cli/confirm';
import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { withSession } from '../cli/session';
import { type RollbackReport, rollback } from '../provision/rollback';

export async function rollbackCommand(
  flags: Flags & { dryRun?: boolean; force?: boolean; confirm?: string },
  output: Output,
): Promise<number> {
  return withSession(flags, async ({ client, target, connectTo }) => {
    const { dryRun = false, force = false, confirm } = flags;
    const run = (dry: boolean) =>
      output.whileRunning(() => rollback(client, target, { connectTo, dryRun: dry, force, final: true }));
    if (!dryRun) await requireConfirmed(target.database, confirm, async () => lines(await run(true), true));
    const report = await run(dryRun);
    output.result({ ...report, ...(dryRun ? { dryRun } : {}) }, lines(report, dryRun));
    return 0;
  });
}

function lines({ removed, kept }: RollbackReport, dryRun: boolean): string[] {
  return [
    ...removed.map((what) => `${dryRun ? 'would be removed' : 'removed'}: ${what}`),
    ...kept.map((what) => `kept: ${what}`),
    ...(removed.length + kept.length === 0 ? ['There is nothing to remove.'] : []),
  ];
}
