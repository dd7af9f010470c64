import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import {
  type CostExplorerState,
  DAYS_WITHOUT_COST,
  type DayLine,
  type StateLine,
  sentenceOf,
  stateOfError,
} from '../../src/cost-explorer';
import { type Answer, askCosts, isTagKnown } from './ask';
import { dayLines, daysSince, newestDay, periodOf, servicesOfMonth } from './days';
import { createStream, publishDays, publishState } from './publish';
import { readSettings, type Settings } from './settings';

// Cost Explorer answers in one Region of a partition, to which the SDK goes by itself. Its limits are low.
const costExplorer = new CostExplorerClient({ defaultsMode: 'standard', maxAttempts: 6 });
const logs = new CloudWatchLogsClient({ defaultsMode: 'standard', maxAttempts: 6 });

/**
 * Publishes what a project cost by day, as Cost Explorer knows it today. What keeps it from a figure is published as well.
 *
 * @throws Error when AWS could not be asked for another reason than that this account may not; Lambda then tries again
 */
export async function handler(): Promise<StateLine> {
  const settings = readSettings(process.env);
  const now = Date.now();
  const { from, to } = periodOf(now);
  await createStream(logs, settings.logGroup);
  let answer: Answer;
  try {
    answer = await askCosts(costExplorer, settings, from, to);
  } catch (error) {
    const state = stateOfError(error);
    process.stdout.write(`${(error as Error).name}: ${(error as Error).message}\n`);
    const line = await publish(settings, now, { state, pages: 1 });
    if (state === 'failed') throw error;
    return line;
  }
  const { costs, pages, isCut } = answer;
  if (isCut) return publish(settings, now, { state: 'too-many-pages', pages });
  const newest = newestDay(costs);
  const lines = dayLines(costs, settings, from);
  await publishDays(logs, settings.logGroup, lines, now);
  const isStale = newest === undefined || daysSince(newest, now) >= DAYS_WITHOUT_COST;
  const state = isStale ? await stateWithoutFigures(settings, from, to) : 'ok';
  const services = newest === undefined ? undefined : servicesOfMonth(costs, newest);
  return publish(settings, now, { state, pages, newest: lines.at(-1), services });
}

async function stateWithoutFigures(settings: Settings, from: string, to: string): Promise<CostExplorerState> {
  try {
    return (await isTagKnown(costExplorer, settings, from, to)) ? 'no-new-figures' : 'tag-inactive';
  } catch (error) {
    return stateOfError(error);
  }
}

interface Outcome {
  readonly state: CostExplorerState;
  readonly pages: number;
  readonly newest?: DayLine | undefined;
  readonly services?: string | undefined;
}

async function publish(
  settings: Settings,
  now: number,
  { state, pages, newest, services }: Outcome,
): Promise<StateLine> {
  const line: StateLine = {
    kind: 'state',
    checkedAt: new Date(now).toISOString(),
    state,
    sentence: sentenceOf(state),
    ...(newest && { newestDay: newest.day, monthToDate: newest.monthToDate, forecast: newest.forecast }),
    ...(services === undefined ? {} : { services }),
    pages,
  };
  const days = newest && daysSince(newest.day, now);
  await publishState(logs, settings.logGroup, line, days, now);
  return line;
}
