import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  COST_TREND_METRIC,
  COST_TREND_NAMESPACE,
  COST_TREND_STREAM,
  type DayLine,
  type StateLine,
} from '../../src/cost-explorer';

const DAY = 86_400_000;

/** CloudWatch Logs refuses events that are older than 14 days (CloudWatch Logs API, PutLogEvents). */
const OLDEST = 13 * DAY;

/** Makes the log stream that the lines are written to, once. */
export async function createStream(client: CloudWatchLogsClient, logGroupName: string): Promise<void> {
  try {
    await client.send(new CreateLogStreamCommand({ logGroupName, logStreamName: COST_TREND_STREAM }));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
}

/**
 * Writes each day that CloudWatch Logs still takes, stamped inside that day. A batch may not span more than 24 hours, so each day is
 * one.
 *
 * @throws Error when an event was refused
 */
export async function publishDays(
  client: CloudWatchLogsClient,
  logGroupName: string,
  lines: readonly DayLine[],
  now: number,
): Promise<void> {
  for (const line of lines.filter(({ day }) => now - Date.parse(day) < OLDEST))
    await put(client, logGroupName, line, stampOf(line.day, now));
}

/** Writes what became of the run, also into the function's own log, where CloudWatch takes the metric from. */
export async function publishState(
  client: CloudWatchLogsClient,
  logGroupName: string,
  line: StateLine,
  days: number | undefined,
  now: number,
): Promise<void> {
  const metric = {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        { Namespace: COST_TREND_NAMESPACE, Dimensions: [[]], Metrics: [{ Name: COST_TREND_METRIC, Unit: 'Count' }] },
      ],
    },
    [COST_TREND_METRIC]: days,
  };
  process.stdout.write(`${JSON.stringify({ ...(days === undefined ? {} : metric), ...line })}\n`);
  await put(client, logGroupName, line, now);
}

async function put(
  client: CloudWatchLogsClient,
  logGroupName: string,
  line: DayLine | StateLine,
  timestamp: number,
): Promise<void> {
  const { rejectedLogEventsInfo } = await client.send(
    new PutLogEventsCommand({
      logGroupName,
      logStreamName: COST_TREND_STREAM,
      logEvents: [{ timestamp, message: JSON.stringify(line) }],
    }),
  );
  if (rejectedLogEventsInfo)
    throw new Error(
      `CloudWatch Logs refused the line of ${new Date(timestamp).toISOString()}: ${JSON.stringify(rejectedLogEventsInfo)}`,
    );
}

/** A time inside the day that is the later, the later the run is: the latest event of a day is the one of the latest run. */
function stampOf(day: string, now: number): number {
  const start = Date.parse(day);
  return start + Math.floor((now - start) / (OLDEST / DAY + 2));
}
