import type { NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import { environmentOf } from '@user-metrics/tagging/schema';
import { type Account, costOf } from '../account';
import { accountBudgetName, type DeployedBudget, ourBudgets } from '../budgets';
import { physicalIdOf } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';

/** `1.4.AC1`: limit and alerts of the account's budget and of those of stages, and that each alert reaches the topic. */
export const budget: AccountCheck = {
  id: '1.4.AC1',
  async look(account) {
    const { limit, stageLimits, thresholds, includeCreditsAndRefunds } = costOf(account);
    const name = await accountBudgetName(account);
    const topic = await physicalIdOf(account, 'AWS::SNS::Topic');
    const found = await ourBudgets(account);
    const expected = [
      { what: 'the budget', limit, deployed: found.find((one) => one.name === name) },
      ...Object.entries(stageLimits).map(([stage, usd]) => ({
        what: `the budget of stage ${stage}`,
        limit: usd,
        deployed: found.find((one) => isOfStage(one, account, stage)),
      })),
    ];
    const others = found.length - expected.filter(({ deployed }) => deployed).length;
    return {
      wrong: [
        ...expected.flatMap(({ what, limit: usd, deployed }) =>
          deployed
            ? wrongIn(what, deployed, { usd, thresholds, topic, includeCreditsAndRefunds })
            : [`${what} is not there`],
        ),
        ...(others === 0 ? [] : [`${others} budgets are ours that the configuration does not ask for`]),
      ],
      evidence: expected.map(({ what, deployed }) => `${what}: ${deployed ? inWords(deployed) : 'none'}`).join('; '),
    };
  },
};

/** A budget of a stage counts what bears its Project and its Environment. */
function isOfStage({ budget: { FilterExpression } }: DeployedBudget, { config }: Account, stage: string): boolean {
  const { project, environments } = config.foundation.tags;
  const counted = FilterExpression?.And?.flatMap(({ Tags }) => (Tags ? [`${Tags.Key}=${Tags.Values}`] : [])) ?? [];
  return counted.sort().join() === `Environment=${environmentOf(stage, environments)},Project=${project}`;
}

interface Expected {
  readonly usd: number;
  readonly thresholds: readonly number[];
  readonly topic: string;
  readonly includeCreditsAndRefunds: boolean;
}

function wrongIn(
  what: string,
  { budget: found, alerts }: DeployedBudget,
  { usd, thresholds, topic, includeCreditsAndRefunds }: Expected,
): string[] {
  const expected = thresholds.map((threshold) => `ACTUAL ${threshold} PERCENTAGE`);
  const actual = alerts.map(describe).filter((alert) => /^ACTUAL .* PERCENTAGE$/.test(alert));
  const deaf = alerts.filter(({ Subscribers = [] }) => Subscribers.map(({ Address }) => Address).join() !== topic);
  return [
    ...(limitOf(found) === `${usd} USD MONTHLY` ? [] : [`the limit of ${what} is ${limitOf(found)}`]),
    ...(countsCreditsAndRefunds(found) === includeCreditsAndRefunds
      ? []
      : [`${what} counts credits and refunds: ${!includeCreditsAndRefunds}`]),
    ...differencesOf(what, actual, expected),
    ...deaf.map((alert) => `${describe(alert)} of ${what} does not reach the topic alone`),
  ];
}

/** By `CostTypes` in a budget of one tag, by the filter in one of two. */
function countsCreditsAndRefunds({ CostTypes, FilterExpression }: DeployedBudget['budget']): boolean {
  if (!FilterExpression?.And) return CostTypes?.IncludeCredit !== false || CostTypes.IncludeRefund !== false;
  const leftOut = FilterExpression.And.flatMap(({ Not }) => Not?.Dimensions?.Values ?? []);
  return leftOut.sort().join() !== 'Credit,Refund';
}

function inWords({ budget: found, alerts }: DeployedBudget): string {
  return [limitOf(found), ...alerts.map(describe)].join(', ');
}

function limitOf({ BudgetLimit, TimeUnit }: DeployedBudget['budget']): string {
  return `${Number(BudgetLimit?.Amount)} ${BudgetLimit?.Unit} ${TimeUnit}`;
}

function describe({ Notification }: NotificationWithSubscribers): string {
  const { NotificationType, Threshold, ThresholdType = 'PERCENTAGE' } = Notification ?? {};
  return `${NotificationType} ${Threshold} ${ThresholdType}`;
}
