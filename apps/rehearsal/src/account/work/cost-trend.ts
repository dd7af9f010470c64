import { COST_TREND_STREAM, type DayLine, type StateLine } from '@user-metrics/cost/cost-explorer';
import { costOf, stackResources } from '@user-metrics/foundation/account';
import type { Account } from '../account';
import type { AccountCheck } from '../checks/account-check';

const DAY = 86_400_000;

/** Days of the made-up bill. */
const DAYS = 45;

/** What four runs of the function did: a month, the same corrected, a refusal, and the corrected month again. */
export interface CostTrendRuns {
  /** What the first three runs said of themselves. */
  readonly states: readonly string[];
  /** USD of each of the last days, as a query of the latest line finds them. */
  readonly days: { readonly [day: string]: number };
  /** The same as the bill has them in the end. */
  readonly billed: { readonly [day: string]: number };
}

/** `work.cost-trend`: the deployed function reads a made-up bill, and what it published is read. */
export const costTrend: AccountCheck = {
  id: 'work.cost-trend',
  async run(account) {
    const { reports, trend } = costOf(account);
    if (!reports || !trend) return { applies: false, wrong: [], evidence: 'optional: cost.trend is false' };
    const { project } = account.config.foundation.tags;
    const [before, after] = [billOf(project, 2), billOf(project, 0.5)];
    const replaceBill = (bill: object) =>
      fetch(`${account.caller.endpoint}/_local-aws/ledger`, { method: 'PUT', body: JSON.stringify(bill) });
    const run = async (bill: object) => {
      await replaceBill(bill);
      return runFunction(account);
    };
    if (!(await replaceBill(before)).ok)
      return { applies: false, wrong: [], evidence: 'the endpoint of --aws-endpoint has no Cost Explorer of ours' };
    const states = [
      await run(before),
      await run(after),
      await run({ refused: "Linked account doesn't have access to cost explorer." }),
    ].map(({ state }) => state);
    await run({ refused: null });
    const found = { states, days: await publishedDays(account), billed: after.billed };
    return {
      wrong: wrongTrend(found),
      evidence: `${Object.keys(found.days).length} days, each as the last run knew it; states: ${states.join(', ')}`,
    };
  },
};

/** What is wrong with what was published. */
export function wrongTrend({ states, days, billed }: CostTrendRuns): string[] {
  const expected = ['ok', 'ok', 'hidden-by-payer'];
  const other = Object.entries(billed).filter(([day, usd]) => days[day] !== usd);
  return [
    ...(states.join() === expected.join()
      ? []
      : [`the runs say ${states.join(', ')} instead of ${expected.join(', ')}`]),
    ...other.map(([day, usd]) => `${day} is published as $${days[day] ?? 'nothing'}, and cost $${usd}`),
  ];
}

/** A bill of the project with credits, costs of others, and a day before yesterday that is corrected. */
function billOf(project: string, corrected: number) {
  const today = Math.floor(Date.now() / DAY);
  const days = Array.from({ length: DAYS }, (_, back) =>
    new Date((today - DAYS + back) * DAY).toISOString().slice(0, 10),
  );
  const tags = { Project: project, Component: 'Umami' };
  const amountOf = (day: string) => (day === days.at(-2) ? corrected : 1.5);
  const costs = days.flatMap((day) => [
    { day, service: 'EC2 - Other', tags, amount: amountOf(day) },
    { day, service: 'AmazonCloudWatch', tags: { Project: project }, amount: 0.25 },
    { day, service: 'EC2 - Other', tags, amount: -1, recordType: 'Credit' },
    { day, service: 'Amazon Relational Database Service', amount: 7 },
  ]);
  const billed = Object.fromEntries(days.slice(-10).map((day) => [day, amountOf(day) + 0.25]));
  return { costs, keys: { Project: 'Active', Component: 'Active' }, refused: null, billed };
}

async function idOf(account: Account, type: string): Promise<string> {
  const resources = await stackResources(account);
  return resources.find((one) => one.type === type && one.logicalId.startsWith('CostTrend'))?.physicalId ?? '';
}

/** @throws Error with what the function says when it fails */
async function runFunction(account: Account): Promise<StateLine> {
  const FunctionName = await idOf(account, 'AWS::Lambda::Function');
  const { FunctionError, Payload } = await account.aws.lambda.invoke({ FunctionName, Payload: '{}' });
  const answer = JSON.parse(Payload?.transformToString() ?? '{}');
  if (FunctionError) throw new Error(`the function fails: ${answer.errorMessage}`);
  return answer;
}

/** The latest line of each day. */
async function publishedDays(account: Account): Promise<CostTrendRuns['days']> {
  const { events = [] } = await account.aws.logs.filterLogEvents({
    logGroupName: await idOf(account, 'AWS::Logs::LogGroup'),
    logStreamNames: [COST_TREND_STREAM],
    startTime: Date.now() - 20 * DAY,
  });
  const lines = events
    .map(({ timestamp = 0, message = '{}' }) => ({ timestamp, line: JSON.parse(message) as DayLine | StateLine }))
    .sort((one, other) => one.timestamp - other.timestamp);
  return Object.fromEntries(lines.flatMap(({ line }) => (line.kind === 'day' ? [[line.day, line.total]] : [])));
}
