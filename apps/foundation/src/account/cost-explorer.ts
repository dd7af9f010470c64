import {
  type CostExplorerClient,
  type Expression,
  GetCostAndUsageCommand,
  type GetCostAndUsageCommandInput,
  GetCostForecastCommand,
} from '@aws-sdk/client-cost-explorer';
import { costFilter, sentenceOf, stateOfError, tagValueOf } from '@user-metrics/cost/cost-explorer';
import { CommandError, EXIT } from '../command-error';
import type { Account } from '../config';
import type { ReviewInput } from '../cost-review/input';

/** Months that a review looks back, its own among them. */
const MONTHS = 12;

/** Most pages of one question, at $0.01 each. */
const MOST_PAGES = 20;

/** What Cost Explorer knows of a month. */
export type MonthOfCosts = Pick<
  ReviewInput,
  'currency' | 'ofProject' | 'byProject' | 'byRecordType' | 'untaggedServices' | 'forecast'
>;

/** One amount with what it is grouped by. */
interface Group {
  readonly month: string;
  readonly keys: readonly string[];
  readonly amount: number;
  readonly unit: string;
}

/** What an account costs in a month, everything counted: by value of the tag Project, and by record type. */
export type CostsOfAccount = Pick<ReviewInput, 'byProject' | 'byRecordType'>;

/** Asks Cost Explorer, $0.01 a page. */
export class CostExplorer {
  constructor(private readonly client: CostExplorerClient) {}

  /**
   * The cost of a month: of the project by service and component for a year back, and of the account by project, record type and
   * untagged service.
   *
   * @param today the day of the review: a month is asked for up to it
   * @throws CommandError when Cost Explorer is not enabled, hidden by the payer, or not allowed
   */
  async month(project: string, month: string, today: string, cost: Account['cost']): Promise<MonthOfCosts> {
    const { includeCreditsAndRefunds } = cost;
    const ofProject = costFilter({ project, includeCreditsAndRefunds }) as Expression;
    const period = periodOf(month, today);
    const year = { Start: `${monthsBack(month, MONTHS - 1)}-01`, End: period.End };
    try {
      const [costs, ofAccount, untagged] = [
        await this.groups({ TimePeriod: year, Filter: ofProject, GroupBy: [SERVICE, tag('Component')] }),
        await this.ofAccount(month, today),
        await this.groups({
          TimePeriod: period,
          Filter: { Tags: { Key: 'Project', MatchOptions: ['ABSENT'] } },
          GroupBy: [SERVICE],
        }),
      ];
      return {
        currency: [...costs, ...untagged][0]?.unit ?? 'USD',
        ofProject: costs.map(({ month: of, keys: [service = '', component = ''], amount }) => ({
          month: of,
          service,
          component: tagValueOf(component),
          amount,
        })),
        ...ofAccount,
        untaggedServices: untagged.map(({ keys: [service = ''], amount }) => ({ service, amount })),
        forecast: today.startsWith(month) ? await this.forecast(ofProject, costs, month, today) : undefined,
      };
    } catch (error) {
      const state = stateOfError(error);
      if (state === 'failed') throw error;
      throw new CommandError(`${sentenceOf(state)} AWS said: ${(error as Error).message}`, EXIT.account);
    }
  }

  /** The cost of the account in a month, up to a day: two questions. */
  async ofAccount(month: string, today: string): Promise<CostsOfAccount> {
    const TimePeriod = periodOf(month, today);
    const projects = await this.groups({ TimePeriod, GroupBy: [tag('Project')] });
    const records = await this.groups({ TimePeriod, GroupBy: [{ Type: 'DIMENSION', Key: 'RECORD_TYPE' }] });
    return {
      byProject: projects.map(({ keys: [key = ''], amount }) => ({ project: tagValueOf(key), amount })),
      byRecordType: records.map(({ keys: [recordType = ''], amount }) => ({ recordType, amount })),
    };
  }

  /** What the month costs until today and, as Cost Explorer foresees it, after; nothing where it has too little to go by. */
  private async forecast(
    Filter: Expression,
    costs: readonly Group[],
    month: string,
    today: string,
  ): Promise<number | undefined> {
    const soFar = costs.filter((cost) => cost.month === month).reduce((sum, { amount }) => sum + amount, 0);
    try {
      const { Total } = await this.client.send(
        new GetCostForecastCommand({
          TimePeriod: { Start: today, End: firstOfNextMonth(month) },
          Granularity: 'MONTHLY',
          Metric: 'UNBLENDED_COST',
          Filter,
        }),
      );
      return soFar + Number(Total?.Amount ?? 0);
    } catch (error) {
      if (['DataUnavailableException', 'ValidationException'].includes((error as Error).name)) return undefined;
      throw error;
    }
  }

  private async groups(
    question: Pick<GetCostAndUsageCommandInput, 'TimePeriod' | 'GroupBy'> & { readonly Filter?: Expression },
  ): Promise<Group[]> {
    const found: Group[] = [];
    let NextPageToken: string | undefined;
    for (let pages = 0; pages === 0 || NextPageToken; pages += 1) {
      if (pages === MOST_PAGES)
        throw new CommandError(sentenceOf('too-many-pages').replace('the function reads', 'a review reads'));
      const page = await this.client.send(
        new GetCostAndUsageCommand({ ...question, Granularity: 'MONTHLY', Metrics: [METRIC], NextPageToken }),
      );
      for (const { TimePeriod, Groups = [] } of page.ResultsByTime ?? [])
        for (const { Keys: keys = [], Metrics } of Groups) {
          const { Amount = '0', Unit: unit = 'USD' } = Metrics?.[METRIC] ?? {};
          found.push({ month: TimePeriod?.Start?.slice(0, 7) ?? '', keys, amount: Number(Amount), unit });
        }
      NextPageToken = page.NextPageToken;
    }
    return found;
  }
}

const METRIC = 'UnblendedCost';
const SERVICE = { Type: 'DIMENSION', Key: 'SERVICE' } as const;

function tag(Key: string) {
  return { Type: 'TAG', Key } as const;
}

function periodOf(month: string, today: string): { Start: string; End: string } {
  return { Start: `${month}-01`, End: min(firstOfNextMonth(month), today) };
}

function monthsBack(month: string, count: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 - count)).toISOString().slice(0, 7);
}

function firstOfNextMonth(month: string): string {
  return `${monthsBack(month, -1)}-01`;
}

function min(one: string, other: string): string {
  return one < other ? one : other;
}
