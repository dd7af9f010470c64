import { type Day, dayAfter, lastDueDay } from './day';
import { type Clock, exportDay } from './export-day';
import type { ExportTasks } from './export-tasks';
import type { Progress } from './progress';
import type { Settings } from './settings';

/** What a run of the function did. */
export interface ExportReport {
  /** Days that came into the archive. */
  readonly exported: { readonly logGroup: string; readonly day: Day }[];
  /** Log groups that could not be exported, and why. */
  readonly failed: { readonly logGroup: string; readonly reason: string }[];
  /** Log groups that the next run goes on with. */
  readonly waiting: string[];
}

/**
 * Exports every day that is due, the log group that is furthest behind first. Each day is noted when it is in the
 * archive, so that an interrupted run leaves nothing to repair.
 */
export async function exportLogs(
  { bucket, logGroups }: Settings,
  tasks: ExportTasks,
  progress: Progress,
  clock: Clock,
): Promise<ExportReport> {
  const report: ExportReport = { exported: [], failed: [], waiting: [] };
  const next = new Map<string, Day>();
  await each(logGroups, report, async (logGroup) => {
    const exportedThrough = await progress.read(logGroup);
    next.set(logGroup, exportedThrough ? dayAfter(exportedThrough) : lastDueDay(clock.now()));
  });
  for (;;) {
    const [due] = [...next].filter(([, day]) => day <= lastDueDay(clock.now())).sort(byDay);
    if (!due) return report;
    const [logGroup, day] = due;
    await each([logGroup], report, async () => {
      next.delete(logGroup);
      if (!(await exportDay({ logGroup, day, bucket }, tasks, clock))) return void report.waiting.push(logGroup);
      await progress.write(logGroup, day);
      report.exported.push({ logGroup, day });
      next.set(logGroup, dayAfter(day));
    });
  }
}

function byDay([, one]: [string, Day], [, other]: [string, Day]): number {
  return one.localeCompare(other);
}

/** One log group that fails must not keep the others from the archive. */
async function each(
  logGroups: readonly string[],
  report: ExportReport,
  work: (logGroup: string) => Promise<void>,
): Promise<void> {
  for (const logGroup of logGroups) {
    try {
      await work(logGroup);
    } catch (error) {
      report.failed.push({
        logGroup,
        reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      });
    }
  }
}
