import { join } from 'node:path';
import {
  type Answer,
  type Asked,
  environmentFor,
  json,
  jsonError,
  runHandler,
  startEndpoint,
} from '@user-metrics/aws-endpoint';
import { vi } from 'vitest';
import type { DayLine, StateLine } from '../../../src/cost-explorer';

/** A cost of the bill: day, service, value of the tag Component, USD. */
export type Entry = readonly [day: string, service: string, component: string, usd: number];

/** A made-up account. */
export interface Account {
  readonly costs: Entry[];
  /** Values of the tag Project that Cost Explorer knows. @default ['UserMetrics'] */
  readonly projects?: readonly string[];
  /** Days a page. @default - all */
  readonly daysOfPage?: number;
  readonly currency?: string;
  /** What Cost Explorer says instead, each time. */
  readonly error?: Answer;
}

/** What came of a run. */
export interface Run {
  readonly returned?: StateLine;
  readonly thrown?: string;
  readonly asked: readonly Asked[];
  /** Events that were written, in order. */
  readonly events: readonly { readonly timestamp: number; readonly line: DayLine | StateLine }[];
  /** Value of the metric. @default - none was published */
  readonly metric?: number;
  readonly log: string;
}

const BUNDLE = join(__dirname, '..', '..', '..', 'assets', 'cost-trend', 'index.js');

/** Runs the bundled function at a time, as Lambda has it, against an endpoint that speaks the protocol. */
export async function run(
  account: Account,
  now: string,
  services: readonly string[] = ['EC2 - Other'],
  components: readonly string[] = ['Umami', 'OpenReplay'],
): Promise<Run> {
  const endpoint = await startEndpoint((asked) => answer(account, asked));
  const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.parse(now));
  try {
    const { stdout, result } = await runHandler<StateLine>(BUNDLE, {
      ...environmentFor(endpoint),
      COST_TREND_PROJECT: 'UserMetrics',
      COST_TREND_LOG_GROUP: 'costs-of-test',
      COST_TREND_SERVICES: JSON.stringify(services),
      COST_TREND_COMPONENTS: JSON.stringify(components),
      COST_TREND_LIMIT: '150',
      COST_TREND_LOWER_MARK: '100',
    });
    const metric = stdout.split('\n').find((line) => line.includes('"_aws"'));
    return {
      ...result,
      asked: endpoint.asked,
      events: endpoint.asked.filter(({ action }) => action === 'PutLogEvents').flatMap(eventsOf),
      ...(metric ? { metric: JSON.parse(metric).DaysSinceNewestCost } : {}),
      log: stdout,
    };
  } finally {
    clock.mockRestore();
    await endpoint.close();
  }
}

function eventsOf({ parameters }: Asked): { timestamp: number; line: DayLine | StateLine }[] {
  return (parameters['logEvents'] as { timestamp: number; message: string }[]).map(({ timestamp, message }) => ({
    timestamp,
    line: JSON.parse(message),
  }));
}

function answer(account: Account, { action, parameters }: Asked): Answer {
  if (action === 'CreateLogStream') return jsonError('ResourceAlreadyExistsException');
  if (action === 'PutLogEvents') return json({});
  if (account.error) return account.error;
  if (action === 'GetTags') return json({ Tags: account.projects ?? ['UserMetrics'] });
  if (action === 'GetCostAndUsage') return costsOf(account, parameters);
  return jsonError('UnknownOperationException', action);
}

/** Every day of the period, those without a cost as well, one key a group as Cost Explorer has it. */
function costsOf({ costs, daysOfPage = 1_000, currency = 'USD' }: Account, parameters: Asked['parameters']): Answer {
  const { Start, End } = parameters['TimePeriod'] as { Start: string; End: string };
  const days: string[] = [];
  for (let time = Date.parse(Start); time < Date.parse(End); time += 86_400_000)
    days.push(new Date(time).toISOString().slice(0, 10));
  const from = Number(parameters['NextPageToken'] ?? 0);
  const ResultsByTime = days.slice(from, from + daysOfPage).map((day) => ({
    TimePeriod: { Start: day },
    Groups: costs
      .filter(([of]) => of === day)
      .map(([, service, component, usd]) => ({
        Keys: [service, `Component$${component}`],
        Metrics: { UnblendedCost: { Amount: String(usd), Unit: currency } },
      })),
  }));
  return json({
    ResultsByTime,
    ...(from + daysOfPage < days.length ? { NextPageToken: String(from + daysOfPage) } : {}),
  });
}
