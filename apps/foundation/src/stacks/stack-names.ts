import type { Account, Stage } from '../config';

const PREFIX = 'UserMetrics-';

/** Stacks that exist once per account. */
export const COST_STACK = `${PREFIX}Cost`;
export const COST_REPORTS_STACK = `${PREFIX}CostReports`;
export const ALERTS_STACK = `${PREFIX}Alerts`;

/** Whether the alarms of the stages of a Region need a topic of their own. */
export function hasAlertsStack({ region }: Pick<Stage, 'region'>, cost: Account['cost']): boolean {
  return !cost.budget || cost.region !== region;
}

/** The account's own stacks in a Region that belong to a stage: those of another configuration of the account are not among them. */
export function accountStackNames(region: string, stage: Pick<Stage, 'region'>, cost: Account['cost']): string[] {
  const isOfCost = region === cost.region;
  return [
    ...(isOfCost && cost.budget ? [COST_STACK] : []),
    ...(isOfCost && cost.reports ? [COST_REPORTS_STACK] : []),
    ...(region === stage.region && hasAlertsStack(stage, cost) ? [ALERTS_STACK] : []),
  ];
}

/** The concerns of a stage, one stack each, in the order of their deployment. */
export const STAGE_CONCERNS = ['Network', 'Access', 'Database', 'Storage'] as const;
export type StageConcern = (typeof STAGE_CONCERNS)[number];

/** Name of the stack of a stage's concern. */
export function stageStackName(stage: string, concern: StageConcern): string {
  return `${PREFIX}${stage}-${concern}`;
}

/** Stage and concern of a stack; nothing for a stack that is not of a stage. */
export function parseStageStackName(
  stack: string,
): { readonly stage: string; readonly concern: StageConcern } | undefined {
  for (const concern of STAGE_CONCERNS) {
    const stage =
      stack.startsWith(PREFIX) && stack.endsWith(`-${concern}`) ? stack.slice(PREFIX.length, -concern.length - 1) : '';
    if (stage !== '') return { stage, concern };
  }
  return undefined;
}

/** Whether a stack is named as those of the foundation are. */
export function isFoundationStack(stack: string): boolean {
  return stack.startsWith(PREFIX);
}

/** Output with the ARN of the topic of alerts, for the commands. */
export const TOPIC_OUTPUT = 'AlertTopicArn';

/** Outputs of the cost stack, for the commands. */
export const COST_OUTPUTS = {
  topicArn: TOPIC_OUTPUT,
  budgetName: 'BudgetName',
  tagStatusParameter: 'TagStatusParameter',
} as const;
