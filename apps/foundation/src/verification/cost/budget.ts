import type { NotificationWithSubscribers } from '@aws-sdk/client-budgets';
import { environmentOf } from '@user-metrics/tagging/schema';
import { accountBudgetName, type DeployedBudget, deployedBudgets } from '../../account/budgets';
import { costOf, type ExpectedStage } from '../../account/deployed-stage';
import { inCostRegion, physicalIdOf } from '../../account/stack-resources';
import { type Criterion, differencesOf } from '../criterion';

export interface ObservedBudgets {
  /** Name of the budget over the whole account. */
  readonly accountBudget: string;
  /** ARN of the topic of alerts. */
  readonly topic: string;
  readonly budgets: readonly DeployedBudget[];
}

/** `1.4.AC1`: limit and alerts of the account's budget and of those of stages, and that each alert reaches the topic. */
export const budget: Criterion<ObservedBudgets> = {
  id: '1.4.AC1',
  async observe(deployed) {
    const home = inCostRegion(deployed);
    return {
      accountBudget: await accountBudgetName(home),
      topic: await physicalIdOf(home, 'AWS::SNS::Topic'),
      budgets: await deployedBudgets(home),
    };
  },
  evaluate({ accountBudget, topic, budgets }, expected) {
    const { limit, stageLimits, thresholds, includeCreditsAndRefunds, budget: isWanted } = costOf(expected);
    if (!isWanted) return { applies: false, wrong: [], evidence: 'cost.budget is false' };
    const wanted = [
      { what: 'the budget', limit, deployed: budgets.find(({ name }) => name === accountBudget) },
      ...Object.entries(stageLimits).map(([stage, usd]) => ({
        what: `the budget of stage ${stage}`,
        limit: usd,
        deployed: budgets.find((one) => isOfStage(one, expected, stage)),
      })),
    ];
    const others = budgets.length - wanted.filter(({ deployed }) => deployed).length;
    return {
      wrong: [
        ...wanted.flatMap(({ what, limit: usd, deployed }) =>
          deployed
            ? wrongIn(what, deployed, { usd, thresholds, topic, includeCreditsAndRefunds })
            : [`${what} is not there`],
        ),
        ...(others === 0 ? [] : [`${others} budgets are ours that the configuration does not ask for`]),
      ],
      evidence: wanted.map(({ what, deployed }) => `${what}: ${deployed ? inWords(deployed) : 'none'}`).join('; '),
    };
  },
};

/** A budget of a stage counts what has its Project and its Environment. */
function isOfStage(
  { budget: { FilterExpression } }: DeployedBudget,
  { config }: ExpectedStage,
  stage: string,
): boolean {
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
  const elsewhere = alerts.filter(({ Subscribers = [] }) => Subscribers.map(({ Address }) => Address).join() !== topic);
  return [
    ...(limitOf(found) === `${usd} USD MONTHLY` ? [] : [`the limit of ${what} is ${limitOf(found)}`]),
    ...(countsCreditsAndRefunds(found) === includeCreditsAndRefunds
      ? []
      : [`${what} counts credits and refunds: ${!includeCreditsAndRefunds}`]),
    ...differencesOf(what, actual, expected),
    ...elsewhere.map((alert) => `${describe(alert)} of ${what} does not reach the topic alone`),
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
