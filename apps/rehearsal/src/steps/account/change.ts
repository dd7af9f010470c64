import { dirname } from 'node:path';
import { type Account, costOf } from '../../account/account';
import { accountBudgetName } from '../../account/budgets';
import { neighbourChecks } from '../../account/checks';
import { alertTopic, subscribersOf } from '../../account/checks/alert-topic';
import { budget } from '../../account/checks/budget';
import { databaseChecks } from '../../account/checks/database';
import { inactiveBudgetTags } from '../../account/checks/inactive-budget-tags';
import { logArchive } from '../../account/checks/log-archive';
import { onlyTaskRole } from '../../account/checks/recordings-access';
import { encryption, expiry } from '../../account/checks/recordings-bucket';
import { countedByBudget, resourceTags } from '../../account/checks/resource-tags';
import { storageMetrics } from '../../account/checks/storage-metrics';
import { tagSearch } from '../../account/checks/tag-search';
import { type Change, writeConfig } from '../../account/config-copy';
import { runFoundation } from '../../account/foundation-command';
import { type BudgetChange, notReplaced, replaced } from '../../account/life';
import { NEIGHBOUR_FUNCTIONS } from '../../account/neighbour/functions';
import { operator, operatorRoleArn } from '../../account/rights/operator';
import { ourResources, physicalIdOf, type StackResource } from '../../account/stack-resources';
import { logExport } from '../../account/work/log-export';
import { type RehearsalContext, required } from '../../context';
import { requireSuccess, seconds } from './deploy';

const [APPLICATION_FUNCTION = ''] = Object.keys(NEIGHBOUR_FUNCTIONS);

/** What a change of the configuration is looked at with. */
const CHANGED = [
  encryption,
  expiry,
  logArchive,
  logExport,
  onlyTaskRole,
  operator,
  budget,
  countedByBudget,
  alertTopic,
  inactiveBudgetTags,
  resourceTags,
  storageMetrics,
  tagSearch,
];

type OnProgress = (message: string) => void;

/** The same account with a changed configuration. */
export function withChange(account: Account, change: Change): Account {
  const { file, foundation } = account.config;
  return { ...account, config: writeConfig(dirname(file), foundation, change) };
}

/**
 * Everything that may be asked for on top, and another owner: all is updated for that and nothing replaced but the budget,
 * whose alerts cannot be changed.
 */
export async function changeValue(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const observations = required(context, 'observations');
  const unchanged = required(context, 'account');
  const before = {
    resources: (await ourResources(unchanged)).filter(isNoBudget),
    budget: await budgetOf(unchanged),
  };
  const account = withMoreAskedFor(unchanged);
  context.account = account;
  const result = await runFoundation(account, 'deploy', { signal: context.signal, onProgress });
  requireSuccess(context, 'life.change', result);
  const after = { resources: await ourResources(account), budget: await budgetOf(account) };
  context.checklist.verdict(
    'life.change',
    replaced(before.resources, after.resources),
    `retention and owner changed, an archive and an operator added; ${before.resources.length} resources are the same ones, in ${seconds(result)}`,
  );
  context.checklist.verdict(
    'life.alerts',
    notReplaced(before.budget, after.budget, await budgetsIn(account)),
    `${before.budget.budget} made way for ${after.budget.budget}; ${after.budget.subscribers.join(', ')}`,
  );
  await observations.lookLater(account, [...CHANGED, ...databaseChecks, ...neighbourChecks], 'after the change');
  return seconds(result);
}

/** Another retention, thresholds and owner; an archive of logs, an operator, origins of browsers, a budget of the stage. */
export function withMoreAskedFor(account: Account): Account {
  return withChange(account, ({ storage }, foundation) => {
    const { preset = 'afterOneYear', ...archive } = storage.logArchive ?? {};
    storage.logArchive = { ...archive, preset, exportLogGroups: [`/aws/lambda/${APPLICATION_FUNCTION}`] };
    storage.retentionDays += 15;
    storage.operatorRoleArns = [...(storage.operatorRoleArns ?? []), operatorRoleArn(account)];
    storage.requestMetrics = true;
    storage.openReplayOrigins = [...(storage.openReplayOrigins ?? []), 'https://openreplay.example.com'];
    const { cost } = foundation.accounts[account.id] as (typeof foundation.accounts)[string];
    cost.thresholds = cost.thresholds.map((threshold) => threshold * 0.9);
    cost.stageLimits = { ...cost.stageLimits, [account.stage]: costOf(account).limit / 2 };
    foundation.tags.owner = `${foundation.tags.owner}-2`;
  });
}

function isNoBudget({ type }: StackResource): boolean {
  return type !== 'AWS::Budgets::Budget';
}

async function budgetOf(account: Account): Promise<BudgetChange> {
  const topic = await physicalIdOf(account, 'AWS::SNS::Topic');
  return { budget: await accountBudgetName(account), topic, subscribers: await subscribersOf(account, topic) };
}

async function budgetsIn({ aws, id: AccountId }: Account): Promise<string[]> {
  const { Budgets = [] } = await aws.budgets.describeBudgets({ AccountId });
  return Budgets.map(({ BudgetName = '' }) => BudgetName);
}
