import { dirname, join } from 'node:path';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT } from '../runtime/cost-allocation/environment';
import { applyComponentTags } from './component-tags';
import {
  COST_ALLOCATION_METRIC,
  COST_ALLOCATION_NAMESPACE,
  COST_ALLOCATION_PARAMETER,
  notLookedAt,
} from './cost-allocation';
import { checkProps, listOf, optional, type Rules, text } from './props';
import { TAG_KEYS } from './schema';
import { tagKeyProblem } from './schema/characters';

/** The bundle lies beside package.json, which is one level up from here as written, and two as compiled. */
const FUNCTION_FOLDER = join(
  dirname(require.resolve('@user-metrics/tagging/package.json')),
  'assets',
  'cost-allocation',
);

/** Props of {@link CostAllocationTags}. */
export interface CostAllocationTagsProps {
  /**
   * Tag keys to activate.
   *
   * @default - the eight keys of the schema
   */
  readonly keys?: readonly string[];
  /**
   * The keys among these that the metric counts, such as those that a budget filters by: an alarm then clears without the rest.
   *
   * @default - all keys
   */
  readonly countedKeys?: readonly string[];
  /**
   * Name of the SSM parameter for the state of each key, as JSON.
   *
   * @default COST_ALLOCATION_PARAMETER
   */
  readonly parameterName?: string;
}

const RULES: Rules<CostAllocationTagsProps> = {
  keys: optional(listOf(text('a list of tag keys', 'Leave it out for those of the schema.', () => true))),
  countedKeys: optional(listOf(text('a list of tag keys', 'Leave it out for all keys.', () => true))),
  parameterName: optional(
    text('the name of an SSM parameter', 'Give for example /team/cost-allocation.', /^\/?[\w.-]+(\/[\w.-]+)*$/),
  ),
};

/**
 * Activates tag keys as cost allocation tags, so that budgets and Cost Explorer can tell costs apart by them. Neither
 * CloudFormation nor the CDK has a type for that (aws/aws-cdk#19977).
 *
 * A function asks once a day and after each deployment of its stack, until all keys are active, and once a week then. It
 * publishes the state of each key as an SSM parameter, and how many `countedKeys` are not active as one metric (a custom
 * metric: about $0.30 a month; each question to Cost Explorer costs $0.01). No deployment waits for it, so none can fail
 * for it. Keys that Billing has not seen yet, which takes up to 24 hours, are asked for again. In a member account, which
 * may not activate tags, the state is `active` once costs have values of the key, and `no-access` before: `payerHandOver()`
 * is the text for the payer account.
 *
 * @example
 * new CostAllocationTags(stack, 'CostAllocationTags');
 */
export class CostAllocationTags extends Construct {
  /** Name of the SSM parameter with the state of each key; its value is a `CostAllocationStatus`. */
  readonly parameterName: string;
  /** The function that asks. */
  readonly function: LambdaFunction;
  /** Name of the log group of the function; each run writes a line that is a `CostAllocationStatus`. */
  readonly logGroupName: string;
  /** The keys that the metric counts. */
  readonly countedKeys: readonly string[];

  /** @throws Error when a key is none that AWS accepts, there is no key, or the metric would count another key */
  constructor(scope: Construct, id: string, props: CostAllocationTagsProps = {}) {
    super(scope, id);
    checkProps(props, RULES, Error);
    const keys = [...new Set<string>(props.keys ?? TAG_KEYS)];
    requireKeys(keys);
    const countedKeys = [...new Set(props.countedKeys ?? keys)];
    requireCounted(countedKeys, keys);
    // The function writes the value; a changed template starts from `unknown` again, never from a claim.
    const parameter = new StringParameter(this, 'Status', {
      parameterName: props.parameterName ?? COST_ALLOCATION_PARAMETER,
      description: 'State of each cost allocation tag',
      stringValue: JSON.stringify(notLookedAt(keys)),
    });
    this.parameterName = parameter.parameterName;
    this.countedKeys = countedKeys;
    this.function = this.activatingFunction(keys, countedKeys, parameter);
    this.logGroupName = this.function.logGroup.logGroupName;
    this.start();
    applyComponentTags(this, 'metrics');
  }

  /**
   * How many of the counted keys are not active: 0 when all is well.
   *
   * @param period time between two values of the metric. @default Duration.days(1)
   */
  metricInactive(period: Duration = Duration.days(1)): Metric {
    return new Metric({
      namespace: COST_ALLOCATION_NAMESPACE,
      metricName: COST_ALLOCATION_METRIC,
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  private activatingFunction(
    keys: readonly string[],
    countedKeys: readonly string[],
    parameter: StringParameter,
  ): LambdaFunction {
    const handler = new LambdaFunction(this, 'Function', {
      description: 'Activates cost allocation tags',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(FUNCTION_FOLDER),
      memorySize: 256,
      timeout: Duration.minutes(2),
      // CloudWatch takes the metric from a line of its own; the JSON format would wrap it.
      loggingFormat: LoggingFormat.TEXT,
      logGroup: new LogGroup(this, 'Logs', {
        retention: RetentionDays.ONE_MONTH,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      environment: {
        [ENVIRONMENT.parameter]: parameter.parameterName,
        [ENVIRONMENT.keys]: JSON.stringify(keys),
        [ENVIRONMENT.countedKeys]: JSON.stringify(countedKeys),
      },
    });
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['ssm:GetParameter', 'ssm:PutParameter'],
        resources: [parameter.parameterArn],
      }),
    );
    // None of the actions knows resources (Service Authorization Reference, Cost Explorer); both are answered in one Region.
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['ce:GetTags', 'ce:ListCostAllocationTags', 'ce:UpdateCostAllocationTagsStatus'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
      }),
    );
    return handler;
  }

  /** A custom resource would run at deployment too, but it could fail it. */
  private start(): void {
    const target = new LambdaTarget(this.function, { retryAttempts: 2, maxEventAge: Duration.hours(1) });
    new Rule(this, 'Daily', {
      description: 'Asks for the cost allocation tags that are not active yet',
      schedule: Schedule.rate(Duration.days(1)),
      targets: [target],
    });
    new Rule(this, 'AfterDeployment', {
      description: 'Asks for the cost allocation tags once the stack is deployed',
      eventPattern: {
        source: ['aws.cloudformation'],
        detailType: ['CloudFormation Stack Status Change'],
        detail: {
          'stack-id': [Stack.of(this).stackId],
          'status-details': { status: ['CREATE_COMPLETE', 'UPDATE_COMPLETE'] },
        },
      },
      targets: [target],
    });
  }
}

function requireCounted(countedKeys: readonly string[], keys: readonly string[]): void {
  const other = countedKeys.filter((key) => !keys.includes(key));
  if (countedKeys.length > 0 && other.length === 0) return;
  throw new Error(
    `\`countedKeys\` must be some of the keys ${keys.join(', ')}, got: ${other.join(', ') || '[]'}. Leave it out for all of them.`,
  );
}

function requireKeys(keys: readonly string[]): void {
  if (keys.length === 0)
    throw new Error('`keys` must name at least one tag key, got: []. Leave it out for those of the schema.');
  for (const key of keys) {
    const problem = tagKeyProblem(key);
    if (problem) throw new Error(`\`keys\` must be tag keys that AWS accepts, got: ${key}. It ${problem}.`);
  }
}
