/** What the function is configured with; the construct sets these environment variables. */
export const ENVIRONMENT = {
  project: 'COST_TREND_PROJECT',
  logGroup: 'COST_TREND_LOG_GROUP',
  /** Names of the services with a field of their own, and values of the tag Component, as JSON arrays. */
  services: 'COST_TREND_SERVICES',
  components: 'COST_TREND_COMPONENTS',
  /** USD a month. */
  limit: 'COST_TREND_LIMIT',
  lowerMark: 'COST_TREND_LOWER_MARK',
  includeCreditsAndRefunds: 'COST_TREND_CREDITS_AND_REFUNDS',
} as const;

/** What is read, and where it is published. */
export interface Settings {
  readonly project: string;
  readonly logGroup: string;
  readonly services: readonly string[];
  readonly components: readonly string[];
  readonly limit: number;
  readonly lowerMark: number;
  readonly includeCreditsAndRefunds: boolean;
}

/** @throws Error when the function was deployed without its settings */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const project = environment[ENVIRONMENT.project];
  const logGroup = environment[ENVIRONMENT.logGroup];
  if (!project || !logGroup)
    throw new Error(
      `\`${ENVIRONMENT.project}\` and \`${ENVIRONMENT.logGroup}\` must be a value of the tag Project and a log group, got: ${project}, ${logGroup}. Deploy the function with CostTrend.`,
    );
  return {
    project,
    logGroup,
    services: JSON.parse(environment[ENVIRONMENT.services] ?? '[]'),
    components: JSON.parse(environment[ENVIRONMENT.components] ?? '[]'),
    limit: Number(environment[ENVIRONMENT.limit]),
    lowerMark: Number(environment[ENVIRONMENT.lowerMark]),
    includeCreditsAndRefunds: environment[ENVIRONMENT.includeCreditsAndRefunds] === 'true',
  };
}
