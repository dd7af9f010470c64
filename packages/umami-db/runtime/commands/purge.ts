import { requireConfirmed } from '../cli/confirm';
import type { Flags, PurgeFlags } from '../cli/options';
import type { Output } from '../cli/output';
import { withUmamiSession } from '../cli/umami-session';
import { type PurgedTableReport, type PurgeReport, purge } from '../purge/purge';

/** Exit code of a purge that has to be run again. */
const NOT_COMPLETE = 4;

export async function purgeCommand(
  flags: Flags & PurgeFlags & { dryRun?: boolean; confirm?: string },
  output: Output,
): Promise<number> {
  return withUmamiSession(flags, async ({ client, database }) => {
    const { schema, owner, group, olderThan, savedReplays = false, dryRun = false, maxMinutes } = flags;
    const run = (dry: boolean) =>
      output.whileRunning(() =>
        purge(client, {
          ...{ schema, owner, savedReplays, dryRun: dry },
          retention: Object.fromEntries(group.map((each) => [each, olderThan])),
          deadline: performance.now() + maxMinutes * 60_000,
          onTable: ({ table, rows }) => output.progress(`${table}: ${rows} rows ${dry ? 'counted' : 'deleted'}`),
        }),
      );
    if (!dryRun) await requireConfirmed(database, flags.confirm, async () => wouldBeDeleted(await run(true)));
    const report = await run(dryRun);
    output.result(
      { ...report, ...(dryRun ? { dryRun } : {}) },
      dryRun ? wouldBeDeleted(report) : deleted(report, maxMinutes),
    );
    return report.complete ? 0 : NOT_COMPLETE;
  });
}

function wouldBeDeleted({ tables }: PurgeReport): string[] {
  return [
    ...tables.map((table) => `would be deleted: ${table.more ? 'more than' : 'at most'} ${inWords(table)}`),
    'Rows that a row refers to which is kept, and saved replays, stay. Nothing was deleted: this was a dry run.',
  ];
}

function deleted({ tables, complete }: PurgeReport, minutes: number): string[] {
  return [
    ...tables.map((table) => `deleted: ${inWords(table)}`),
    complete
      ? 'Nothing older is left, apart from rows that a row refers to which is kept, and saved replays.'
      : `It ended after ${minutes} minutes: older rows are left. Continue by running it again.`,
  ];
}

function inWords({ table, rows, bytes, before }: PurgedTableReport): string {
  return `${rows} rows of ${table} (${(bytes / 1_000_000).toFixed(1)} MB) from before ${before}`;
}
