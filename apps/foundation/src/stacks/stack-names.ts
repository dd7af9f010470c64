const PREFIX = 'UserMetrics-';

/** Stacks that exist once per account. */
export const COST_STACK = `${PREFIX}Cost`;
export const COST_REPORTS_STACK = `${PREFIX}CostReports`;
export const ALERTS_STACK = `${PREFIX}Alerts`;

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
