import { dirname, join } from 'node:path';
import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, FLAG, listOf, number, optional, type Rules, text } from '@user-metrics/tagging/props';
import { STANDARD_VOCABULARY, tagValueProblem } from '@user-metrics/tagging/schema';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../runtime/cost-trend/settings';
import { CostError } from './cost-error';
import { COST_TREND_METRIC, COST_TREND_NAMESPACE, DAYS_WITHOUT_COST, fieldOf, OTHER } from './cost-explorer';
import { defaultLowerMark } from './limits';

/** The bundle lies beside package.json, which is one level up from here as written, and two as compiled. */
const FUNCTION_FOLDER = join(dirname(require.resolve('@user-metrics/cost/package.json')), 'assets', 'cost-trend');

/** Most services that have a colour of their own on a dashboard. */
const MOST_SERVICES = 10;

/** Services that the observability stack uses, as Cost Explorer names them. */
export const TREND_SERVICES = [
  'Amazon Elastic Container Service',
  'Amazon Elastic Compute Cloud - Compute',
  'EC2 - Other',
  'Amazon Virtual Private Cloud',
  'Amazon Elastic Load Balancing',
  'Amazon Simple Storage Service',
  'AmazonCloudWatch',
  'AWS Secrets Manager',
  'AWS Lambda',
  'Amazon Managed Grafana',
] as const;

/** Props of {@link CostTrend}. */
export interface CostTrendProps {
  /** Value of the tag `Project` whose cost is read. */
  readonly project: string;
  /**
   * Services with a curve of their own, at most ten, as Cost Explorer names them; the rest is one curve, `Other`.
   *
   * @default TREND_SERVICES
   */
  readonly services?: readonly string[];
  /**
   * Limit in USD a month, a line in the chart of the month.
   *
   * @default 150
   */
  readonly limit?: number;
  /**
   * A mark below the limit, in USD: another line.
   *
   * @default 100, or two thirds of a limit that is not above that
   */
  readonly lowerMark?: number;
  /**
   * Whether credits and refunds lower the cost, as for `CostBudget`.
   *
   * @default false
   */
  readonly includeCreditsAndRefunds?: boolean;
}

const USD = number('a number of USD above 0', 'Give what the budget has.', (usd) => usd > 0 && usd < Infinity);

const RULES: Rules<CostTrendProps> = {
  project: text(
    'a value of the tag `Project`',
    'Give the one that the resources have.',
    (value) => tagValueProblem(value) === undefined,
  ),
  services: optional(listOf(text('a list of service names', 'Give for example TREND_SERVICES.'))),
  limit: optional(USD),
  lowerMark: optional(USD),
  includeCreditsAndRefunds: optional(FLAG),
};

/**
 * The cost of everything that has the tag `Project`, by day, service and component, as Cost Explorer knows it. A function asks
 * once a day (one request, $0.01) and writes a log line for each day of the last two weeks; `CostDashboard` shows them. The
 * latest line of a day holds all corrections, also those that lower it. In a member account Cost Explorer may be hidden by the
 * payer: that, and each other reason for having no figure, is a line too.
 *
 * @example
 * const trend = new CostTrend(stack, 'CostTrend', { project: 'UserMetrics' });
 * new CostDashboard(stack, 'Dashboard', { trend });
 */
export class CostTrend extends Construct {
  /** Name of the log group that the function writes to. */
  readonly logGroupName: string;
  /** Goes off when no figure came for two days. Who gets to know it is added with `addAlarmAction`. */
  readonly alarm: Alarm;
  /** The function that asks. */
  readonly function: LambdaFunction;
  /** Services with a curve of their own. */
  readonly services: readonly string[];
  /** Values of the tag `Component` with a curve of their own. */
  readonly components: readonly string[] = STANDARD_VOCABULARY.Component;

  /** @throws CostError for a value that no tag has, for more than ten services, and for two that would have one name */
  constructor(scope: Construct, id: string, props: CostTrendProps) {
    super(scope, id);
    checkProps(props, RULES, CostError);
    this.services = props.services ?? TREND_SERVICES;
    requireServices(this.services);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.THIRTEEN_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.logGroupName = logGroup.logGroupName;
    this.function = this.costFunction(props, logGroup);
    new Rule(this, 'Daily', {
      description: 'Asks for the cost of the project',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [new LambdaTarget(this.function, { retryAttempts: 2, maxEventAge: Duration.hours(1) })],
    });
    this.alarm = new Alarm(this, 'Alarm', {
      alarmDescription:
        'No figure of the cost of the project came for two days. The dashboard of costs and the log of the function say why. Until the tag Project is an active cost allocation tag there is none.',
      metric: new Metric({
        namespace: COST_TREND_NAMESPACE,
        metricName: COST_TREND_METRIC,
        statistic: Stats.MAXIMUM,
        period: Duration.days(1),
      }),
      threshold: DAYS_WITHOUT_COST,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 2,
      treatMissingData: TreatMissingData.BREACHING,
    });
    applyComponentTags(this, 'metrics');
  }

  private costFunction(
    { project, limit = 150, lowerMark = defaultLowerMark(limit), includeCreditsAndRefunds = false }: CostTrendProps,
    logGroup: LogGroup,
  ): LambdaFunction {
    const handler = new LambdaFunction(this, 'Function', {
      description: 'Reads the cost of the project by day',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(FUNCTION_FOLDER),
      memorySize: 256,
      timeout: Duration.minutes(2),
      // CloudWatch takes the metric from a line of its own; the JSON format would wrap it.
      loggingFormat: LoggingFormat.TEXT,
      logGroup,
      environment: {
        [ENVIRONMENT.project]: project,
        [ENVIRONMENT.logGroup]: logGroup.logGroupName,
        [ENVIRONMENT.services]: JSON.stringify(this.services),
        [ENVIRONMENT.components]: JSON.stringify(this.components),
        [ENVIRONMENT.limit]: String(limit),
        [ENVIRONMENT.lowerMark]: String(lowerMark),
        [ENVIRONMENT.includeCreditsAndRefunds]: String(includeCreditsAndRefunds),
      },
    });
    // Neither action knows resources (Service Authorization Reference, Cost Explorer); both are answered in one Region.
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['ce:GetCostAndUsage', 'ce:GetTags'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
      }),
    );
    return handler;
  }
}

function requireServices(services: readonly string[]): void {
  if (services.length > MOST_SERVICES)
    throw new CostError(
      `\`services\` must be at most ${MOST_SERVICES}, got: ${services.length}. What is not named is in ${OTHER}.`,
    );
  const fields = [...services, OTHER].map(fieldOf);
  const twice = services.find((name, index) => fields.indexOf(fieldOf(name), index + 1) >= 0);
  if (twice === undefined) return;
  throw new CostError(
    `\`services\` must have different names in letters and digits, got: ${twice}, and another that is ${fieldOf(twice)} too. Remove one of them.`,
  );
}
