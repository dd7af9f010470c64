import { setTimeout } from 'node:timers/promises';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import type { Context } from 'aws-lambda';
import type { Clock } from './export-day';
import { type ExportReport, exportLogs } from './export-logs';
import { ExportTasks } from './export-tasks';
import { Progress } from './progress';
import { readSettings } from './settings';

/** What a run leaves of its time, in milliseconds: a refused call is tried again for that long. */
const MARGIN = 60_000;

/** Logs throttles a whole account, so that other people's calls slow down ours. */
const client = { maxAttempts: 8 };

/**
 * Exports what is due of the configured log groups to the archive.
 *
 * @throws Error when a log group could not be exported, after all others were: an alarm watches the function's errors
 */
export async function handler(
  _event: unknown,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<ExportReport> {
  const settings = readSettings(process.env);
  const clock: Clock = {
    now: Date.now,
    isOver: () => context.getRemainingTimeInMillis() < MARGIN,
    wait: (milliseconds) => setTimeout(milliseconds),
  };
  const tasks = new ExportTasks(new CloudWatchLogsClient(client));
  const report = await exportLogs(settings, tasks, new Progress(new S3Client(client), settings.bucket), clock);
  process.stdout.write(`${JSON.stringify(report)}\n`);
  if (report.failed.length === 0) return report;
  const failures = report.failed.map(({ logGroup, reason }) => `${logGroup} (${reason})`);
  throw new Error(
    `${failures.length} of ${settings.logGroups.length} log groups could not be exported: ${failures.join('; ')}`,
  );
}
