import { dirname } from 'node:path';
import {
  accountBudgetName,
  costOf,
  physicalIdOf,
  type StackResource,
  stackResources,
} from '@user-metrics/foundation/account';
import { subscribersOf } from '@user-metrics/foundation/verification';
import type { Account } from '../../account/account';
import { existingApplicationChecks } from '../../account/checks';
import { type Change, writeConfig } from '../../account/config-copy';
import { APPLICATION_FUNCTIONS } from '../../account/existing-application/functions';
import { CHANGE_ONLY, runFoundation } from '../../account/foundation-command';
import { type BudgetChange, notReplaced, replaced } from '../../account/lifecycle';
import { operator, operatorRoleArn } from '../../account/rights/operator';
import { logExport } from '../../account/work/log-export';
import { type RehearsalContext, required } from '../../context';
import { requireSuccess, seconds } from './deploy';
import { verifyAgain } from './verify';

const [APPLICATION_FUNCTION = ''] = Object.keys(APPLICATION_FUNCTIONS);

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
    resources: (await stackResources(unchanged)).filter(isNoBudget),
    budget: await budgetOf(unchanged),
  };
  const account = withMoreAskedFor(unchanged);
  context.account = account;
  const result = await runFoundation(account, 'deploy', { signal: context.signal, onProgress }, CHANGE_ONLY);
  requireSuccess(context, 'lifecycle.change', result);
  const after = { resources: await stackResources(account), budget: await budgetOf(account) };
  context.checklist.verdict(
    'lifecycle.change',
    replaced(before.resources, after.resources),
    `retention and owner changed, an archive and an operator added; ${before.resources.length} resources are the same ones, in ${seconds(result)}`,
  );
  context.checklist.verdict(
    'lifecycle.alerts',
    notReplaced(before.budget, after.budget, await budgetsIn(account)),
    `${before.budget.budget} was replaced by ${after.budget.budget}; ${after.budget.subscribers.join(', ')}`,
  );
  // The export of logs is mostly waiting, and changes nothing that is verified. To act as an IAM role changes who it trusts.
  await Promise.all([
    verifyAgain(context, 'after the change', onProgress),
    observations.checkLater(account, [logExport], 'after the change'),
  ]);
  await observations.checkLater(account, [operator, ...existingApplicationChecks], 'after the change');
  return seconds(result);
}

/**
 * Another retention of recordings, thresholds and owner; a retention of rows, alarms on the cluster, an archive of logs, an operator,
 * origins of browsers, a budget of the stage, anomaly detection, a scheduled report.
 */
export function withMoreAskedFor(account: Account): Account {
  return withChange(account, ({ database, storage }, foundation) => {
    database.retentionDays = { replays: 30, events: 395, sessions: 395, ...database.retentionDays };
    database.alarms = { maxConnections: 100, readers: true, ...database.alarms };
    const { preset = 'afterOneYear', ...archive } = storage.logArchive ?? {};
    storage.logArchive = { ...archive, preset, exportLogGroups: [`/aws/lambda/${APPLICATION_FUNCTION}`] };
    storage.retentionDays += 15;
    storage.operatorRoleArns = [...(storage.operatorRoleArns ?? []), operatorRoleArn(account)];
    storage.requestMetrics = true;
    storage.openReplayOrigins = [...(storage.openReplayOrigins ?? []), 'https://openreplay.example.com'];
    const { cost } = foundation.accounts[account.id] as (typeof foundation.accounts)[string];
    cost.thresholds = cost.thresholds.map((threshold) => threshold * 0.9);
    if (cost.budget && cost.reports) cost.anomalies ??= {};
    // One of the few Regions that have scheduled reports.
    if (cost.reports && cost.explorerReport && cost.region === 'us-east-1')
      cost.explorerReportSchedule ??= 'cron(0 7 2 * ? *)';
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
