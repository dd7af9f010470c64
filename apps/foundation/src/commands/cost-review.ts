import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PRICED_REGIONS } from '@user-metrics/cost/estimate';
import { REQUIRED_TAG_KEYS } from '@user-metrics/tagging/schema';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { budgetTagStatus, describeBudgetTagStatus } from '../account/budget-tag-status';
import { clientsFor } from '../account/clients';
import { CostExplorer } from '../account/cost-explorer';
import { costStackOutputs } from '../account/cost-stack-outputs';
import { requireCredentials } from '../account/require-account';
import { storageGrowth } from '../account/storage-growth';
import { CommandError, EXIT } from '../command-error';
import type { Account } from '../config';
import { withGeneratedPart } from '../cost-review/document';
import { EXAMPLE } from '../cost-review/example';
import type { ReviewInput } from '../cost-review/input';
import { monthBefore, reviewOf } from '../cost-review/review';
import { exampleDocument } from '../report/cost-review/example-document';
import { FORMATS } from '../report/cost-review/formats';
import { print, say } from '../report/terminal';
import { searchByProject } from '../verification';
import { type ChosenStage, loadStage, stageOf, synthesise } from './assembly/synthesise';
import { estimateAccount, regionsOfAccount } from './estimate';
import { addCommand, type CommonOptions, type End } from './options';

/** Options of the command. */
interface CostReviewOptions extends CommonOptions {
  readonly month?: string;
  readonly format: string;
  readonly json?: boolean;
  readonly output?: string;
  readonly example?: boolean;
  readonly document?: string;
}

async function costReview({
  config,
  stage,
  month,
  format,
  json,
  output,
  example,
  document,
}: CostReviewOptions): Promise<void> {
  if (document !== undefined) {
    writeFileSync(document, withGeneratedPart(readFileSync(document, 'utf8'), exampleDocument()));
    return say(`Written: ${document}`);
  }
  const input = example ? EXAMPLE : await inputOf(config, stage, month);
  const text = FORMATS[json ? 'json' : format]?.(reviewOf(input)) ?? '';
  if (output === undefined) return print(text);
  writeFileSync(output, `${text}\n`);
  say(`Written: ${output}`);
}

async function inputOf(config: string, stage: string | undefined, given: string | undefined): Promise<ReviewInput> {
  const today = new Date().toISOString().slice(0, 10);
  const month = given ?? monthBefore(today.slice(0, 7));
  if (`${month}-01` >= today)
    throw new CommandError(
      `--month must be a month with a day that is over, got: ${month}, and today is ${today}. Give for example ${monthBefore(today.slice(0, 7))}.`,
      EXIT.usage,
    );
  const chosen = await loadStage(config, stage);
  const { foundation, account, region, costRegion } = chosen;
  await requireCredentials('cost-review', { account, region });
  const { cost } = foundation.accounts[account] as Account;
  const { project } = foundation.tags;
  const { costExplorer } = clientsFor({ region: costRegion, maxAttempts: 6 });
  const costs = await new CostExplorer(costExplorer).month(project, month, today, cost);
  const aws = clientsFor({ region });
  const unread: string[] = [];
  const orSaid = async <T>(what: string, read: () => Promise<T> | T): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      unread.push(`${what} could not be read: ${(error as Error).message}`);
      return undefined;
    }
  };
  const { limit, lowerMark, includeCreditsAndRefunds } = cost;
  return {
    account,
    project,
    month,
    today,
    limit,
    lowerMark,
    includeCreditsAndRefunds,
    ...costs,
    estimate: await orSaid('The estimate', () => estimateOf(chosen, config)),
    storage:
      (await orSaid('The size of the recordings', () => storageGrowth(aws, `${month}-01`, endOf(month, today)))) ?? [],
    tags: await orSaid('The tags of the resources', async () => {
      const found = await searchByProject({ aws, config: { foundation } });
      const incomplete = found.filter(({ tags }) => REQUIRED_TAG_KEYS.some((key) => !tags[key]));
      return { resources: found.length, incomplete: incomplete.length };
    }),
    budgetTags: cost.budget
      ? ((await orSaid('The state of the budget tags', () => budgetTags(account, cost))) ?? [])
      : [],
    unread,
  };
}

/** What there is to say of the keys of the budget; nothing when they are known to be active. */
async function budgetTags(account: string, cost: Account['cost']): Promise<string[]> {
  const place = { account, region: cost.region };
  const status = await budgetTagStatus(place, await costStackOutputs(place), cost);
  return status.hasInactiveTags ? describeBudgetTagStatus(status, account, cost.limit) : [];
}

/** The estimate of the account; nothing where there are no prices of its Region. */
function estimateOf({ foundation, account }: ChosenStage, config: string): number | undefined {
  if (!regionsOfAccount(foundation, account).every((region) => PRICED_REGIONS.includes(region))) return undefined;
  const stages = Object.keys(foundation.stages).filter((name) => foundation.stages[name]?.account === account);
  const synthesised = stages.map((name) => synthesise(stageOf(foundation, name), config, { isValidated: false }));
  const { total, tasks } = estimateAccount(account, foundation.accounts[account] as Account, synthesised, {});
  return tasks.reduce((sum, { usd }) => sum + usd, total);
}

function endOf(month: string, today: string): string {
  const next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)))).toISOString().slice(0, 10);
  return next < today ? next : today;
}

export function addCostReview(program: Command, end: End): void {
  addCommand(
    program,
    'cost-review',
    "review a month's cost of the account of a stage, from Cost Explorer (about $0.05)",
  )
    .option('--month <month>', 'the month, such as 2026-10 (default: the last one that is over)', monthOf)
    .addOption(new Option('--format <format>', 'how it is written').choices(Object.keys(FORMATS)).default('text'))
    .option('--json', 'the same as --format json')
    .option('--output <file>', 'write it to a file', (file) => resolve(file))
    .option('--example', 'review a made-up month, without an account')
    .addOption(new Option('--document <file>', 'write the made-up month into docs/cost-review.md').hideHelp())
    .action(async (options) => {
      await costReview(options);
      end(0);
    });
}

function monthOf(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('Give a year and a month, such as 2026-10.');
}
