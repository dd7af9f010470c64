import { estimate, PRICED_REGIONS, priceTableOf, SMALL_SITE, tasksToRun } from '@user-metrics/cost/estimate';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { type Command, InvalidArgumentError } from 'commander';
import { unconfiguredStagesIfSignedIn } from '../account/deployed-stages';
import { CommandError, EXIT } from '../command-error';
import { type Account, type Foundation, loadFoundation } from '../config';
import { type AccountEstimate, estimateReport } from '../report/estimate-report';
import { print, say } from '../report/terminal';
import { chooseStage, type SynthesisedStage, stageOf, synthesise } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';

/** Options of the command. */
interface EstimateOptions extends CommonOptions {
  readonly json?: boolean;
  readonly sessions?: number;
  readonly otherRegion?: boolean;
}

/** Prices the account of a stage with all its stages, or every account; 1 when one is over its limit. */
async function estimateAccounts({ config, stage, ...options }: EstimateOptions): Promise<number> {
  const foundation = await loadFoundation(config);
  const wanted = stage === undefined ? undefined : foundation.stages[chooseStage(foundation, stage)]?.account;
  const accounts = Object.entries(foundation.accounts).filter(([id]) => wanted === undefined || id === wanted);
  for (const [id] of accounts)
    for (const region of regionsOfAccount(foundation, id)) requirePrices(id, region, options.otherRegion ?? false);
  const estimates = accounts.flatMap(([id, account]) => {
    const stages = Object.keys(foundation.stages).filter((name) => foundation.stages[name]?.account === id);
    if (stages.length === 0) return [];
    const synthesised = stages.map((name) => synthesise(stageOf(foundation, name), config, { isValidated: false }));
    return [estimateAccount(id, account, synthesised, options)];
  });
  if (options.json) print(JSON.stringify({ accounts: estimates }, null, 2));
  else for (const one of estimates) print(estimateReport(one));
  for (const [account, { region }] of accounts)
    for (const line of await unconfiguredStagesIfSignedIn(foundation, { account, region })) say(line);
  const over = estimates.filter(({ isOverLimit }) => isOverLimit);
  for (const { account, limit, total } of over) {
    say(
      `Account ${account} would cost $${total.toFixed(2)} a month, and its limit is $${limit}. Raise cost.limit, or remove the most expensive lines.`,
    );
  }
  return over.length > 0 ? EXIT.failed : 0;
}

/** Prices an account with all its stages. */
export function estimateAccount(
  id: string,
  { region, cost }: Account,
  stages: readonly SynthesisedStage[],
  { sessions = SMALL_SITE.sessions, otherRegion = false }: Omit<EstimateOptions, 'config'>,
): AccountEstimate {
  // The account's own stacks are in the assembly of each stage.
  const stacks = new Map(
    stages.flatMap(({ assembly }) =>
      new CloudAssembly(assembly).stacks.map(({ stackName: name, template, environment }) => {
        const { region: where } = environment;
        return [`${name} ${where}`, { name, template, region: where }] as const;
      }),
    ),
  );
  const priced = estimate([...stacks.values()], {
    region,
    acceptOtherRegion: otherRegion,
    usage: { ...SMALL_SITE, sessions },
  });
  const { limit, lowerMark } = cost;
  const names = stages.map(({ stage }) => stage);
  const table = priceTableOf(region);
  const tasks = tasksToRun(table);
  const ofUsEast1 = (table?.notOfRegion ?? []).filter((id) => tasks.some(({ price }) => price === id));
  return {
    account: id,
    stages: names,
    limit,
    lowerMark,
    isOverLimit: priced.total > limit,
    tasks,
    ...priced,
    pricesOfUsEast1: [...priced.pricesOfUsEast1, ...ofUsEast1],
  };
}

/** The Regions in which an account has stacks, of its stages and its own. */
export function regionsOfAccount({ accounts, stages }: Foundation, id: string): string[] {
  const ofStages = Object.values(stages).flatMap(({ account, region }) => (account === id ? region : []));
  return [...new Set([...ofStages, ...(accounts[id] ? [accounts[id].cost.region] : [])])];
}

/** Said before anything is synthesised, which takes seconds. */
function requirePrices(account: string, region: string, otherRegion: boolean): void {
  if (otherRegion || PRICED_REGIONS.includes(region)) return;
  throw new CommandError(
    `Account ${account} has stacks in ${region}, and prices are known of ${PRICED_REGIONS.join(', ')}: --other-region takes those of us-east-1, though AWS may be more expensive in ${region}.`,
    EXIT.usage,
  );
}

export function addEstimate(program: Command, end: End): void {
  const description =
    'price the account of a stage, with all stages in it, before anything is deployed; needs no AWS account';
  addCommand(program, 'estimate', description, 'default: every account')
    .option('--sessions <number>', 'recorded sessions a month (default: 10000)', sessionsOf)
    .option('--other-region', 'take the prices of us-east-1 for a Region without prices, marked as such')
    .option('--json', 'print the estimates as JSON')
    .addHelpText('after', '\nExit code 1 when an account would cost more than its limit.')
    .action(async (options) => end(await estimateAccounts(options)));
}

function sessionsOf(text: string): number {
  const sessions = Number(text);
  if (Number.isInteger(sessions) && sessions >= 0) return sessions;
  throw new InvalidArgumentError('Give a whole number, 0 or more.');
}
