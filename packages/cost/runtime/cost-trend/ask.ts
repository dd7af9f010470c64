import {
  type CostExplorerClient,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetTagsCommand,
} from '@aws-sdk/client-cost-explorer';
import { costFilter, tagValueOf } from '../../src/cost-explorer';
import type { Settings } from './settings';

/** USD of a day, a service and a value of the tag Component. */
export interface Cost {
  readonly day: string;
  readonly service: string;
  readonly component: string;
  readonly usd: number;
}

/** What Cost Explorer gave. */
export interface Answer {
  readonly costs: readonly Cost[];
  readonly pages: number;
  /** Whether there are more pages than were read. */
  readonly isCut: boolean;
}

/** Most pages that one run pays for, at $0.01 each: six weeks of a project are one page. */
const MOST_PAGES = 10;

/**
 * The cost of a project by day, service and component.
 *
 * @param from first day
 * @param to the day after the last one
 * @throws Error of Cost Explorer, and for a currency other than USD
 */
export async function askCosts(
  client: CostExplorerClient,
  settings: Settings,
  from: string,
  to: string,
): Promise<Answer> {
  const input: GetCostAndUsageCommandInput = {
    TimePeriod: { Start: from, End: to },
    Granularity: 'DAILY',
    Metrics: ['UnblendedCost'],
    Filter: costFilter(settings) as GetCostAndUsageCommandInput['Filter'],
    GroupBy: [
      { Type: 'DIMENSION', Key: 'SERVICE' },
      { Type: 'TAG', Key: 'Component' },
    ],
  };
  const costs: Cost[] = [];
  let pages = 0;
  let NextPageToken: string | undefined;
  do {
    const page = await client.send(new GetCostAndUsageCommand({ ...input, NextPageToken }));
    pages += 1;
    for (const { TimePeriod, Groups = [] } of page.ResultsByTime ?? []) {
      for (const { Keys: [service = '', component = ''] = [], Metrics } of Groups) {
        const { Amount = '0', Unit = 'USD' } = Metrics?.['UnblendedCost'] ?? {};
        if (Unit !== 'USD') throw new Error(`The cost of the project must be in USD, got: ${Unit}.`);
        costs.push({
          day: TimePeriod?.Start ?? '',
          service,
          component: tagValueOf(component),
          usd: Number(Amount),
        });
      }
    }
    NextPageToken = page.NextPageToken;
  } while (NextPageToken && pages < MOST_PAGES);
  return { costs, pages, isCut: NextPageToken !== undefined };
}

/** Whether Cost Explorer knows costs that have the tag: it knows values of active keys alone. */
export async function isTagKnown(
  client: CostExplorerClient,
  { project }: Settings,
  from: string,
  to: string,
): Promise<boolean> {
  const { Tags = [] } = await client.send(
    new GetTagsCommand({ TimePeriod: { Start: from, End: to }, TagKey: 'Project' }),
  );
  return Tags.includes(project);
}
