import { dirname, join } from 'node:path';
import { applyComponentTags } from '@user-metrics/tagging';
import { checkProps, listOf, objectWith, type Rules, removed } from '@user-metrics/tagging/props';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { ArnFormat, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { ENVIRONMENT, LOGS_PREFIX, PROGRESS_PREFIX } from '../runtime/log-export/settings';
import { StorageError } from './storage-error';

/** The bundle lies beside package.json, which is one level up from here as written, and two as compiled. */
const FUNCTION_FOLDER = join(dirname(require.resolve('@user-metrics/storage/package.json')), 'assets', 'log-export');

/** Props of {@link LogExport}. */
export interface LogExportProps {
  /** The archive: a {@link LogArchiveBucket} of the same Region. */
  readonly bucket: IBucket;
  /** The log groups that are exported, of the same account and Region. They are only read. */
  readonly logGroups: readonly ILogGroup[];
}

const RULES: Rules<LogExportProps & { readonly logGroupNames?: never }> = {
  bucket: objectWith('bucketArn', 'a bucket', 'Give a LogArchiveBucket of the same Region.'),
  logGroupNames: removed('Give `logGroups`: LogGroup.fromLogGroupName(this, …, name).'),
  logGroups: listOf(
    objectWith('logGroupName', 'a list of log groups', 'Give for example LogGroup.fromLogGroupName(this, …, name).'),
  ),
};

/**
 * Exports log groups to an archive, day by day (UTC), each a day after it ended. Logs runs one export at a time in an
 * account and Region, for all callers: the function waits for other tasks, and goes on where it stopped. It begins with the
 * last complete day before the first run.
 *
 * What arrives more than a day after the day it belongs to is not exported any more.
 *
 * @example
 * new LogExport(stack, 'LogExport', {
 *   bucket: archive,
 *   logGroups: [LogGroup.fromLogGroupName(stack, 'Checkout', '/aws/lambda/checkout')],
 * });
 */
export class LogExport extends Construct {
  /** Goes off when a log group could not be exported. Who hears of it is added with `addAlarmAction`. */
  readonly alarm: Alarm;

  /** @throws StorageError when no log group is named, or by what is no name */
  constructor(scope: Construct, id: string, props: LogExportProps) {
    super(scope, id);
    checkProps(props, RULES, StorageError);
    const { bucket } = props;
    const logGroupNames = props.logGroups.map(({ logGroupName }) => logGroupName);
    requireNames(logGroupNames);
    const handler = this.function(bucket, logGroupNames);
    for (const statement of this.statements(bucket, logGroupNames)) handler.addToRolePolicy(statement);
    new Rule(this, 'Schedule', {
      description: 'Starts exports of log groups',
      schedule: Schedule.rate(Duration.hours(1)),
      targets: [new LambdaTarget(handler, { retryAttempts: 0 })],
    });
    this.alarm = new Alarm(this, 'Alarm', {
      alarmDescription: 'A log group could not be exported. The log of the function says which, and why.',
      metric: handler.metricErrors({ period: Duration.hours(1) }),
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.IGNORE,
    });
    applyComponentTags(this, 'logs');
  }

  private function(bucket: IBucket, logGroupNames: readonly string[]): LambdaFunction {
    return new LambdaFunction(this, 'Function', {
      description: 'Exports log groups to the archive',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(FUNCTION_FOLDER),
      handler: 'index.handler',
      memorySize: 256,
      timeout: Duration.minutes(15),
      environment: { [ENVIRONMENT.bucket]: bucket.bucketName, [ENVIRONMENT.logGroups]: JSON.stringify(logGroupNames) },
      logGroup: new LogGroup(this, 'Log', { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY }),
    });
  }

  private statements(bucket: IBucket, logGroupNames: readonly string[]): PolicyStatement[] {
    const groups = logGroupNames.map((resourceName) =>
      Stack.of(this).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    );
    return [
      // It knows no resources: it lists the tasks of the account in this Region.
      new PolicyStatement({
        actions: ['logs:DescribeExportTasks'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:RequestedRegion': Stack.of(this).region } },
      }),
      new PolicyStatement({
        actions: ['logs:CreateExportTask'],
        resources: groups.flatMap((arn) => [arn, `${arn}:*`]),
      }),
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: [bucket.arnForObjects(`${PROGRESS_PREFIX}*`)],
      }),
      // CreateExportTask asks its caller for the right to write to the destination, beside the bucket policy for Logs.
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [bucket.arnForObjects(`${LOGS_PREFIX}/*`)] }),
      // Without it S3 answers "forbidden" for what is not there yet.
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }),
    ];
  }
}

function requireNames(logGroupNames: readonly string[]): void {
  if (logGroupNames.length === 0)
    throw new StorageError('`logGroups` must be at least one log group, got: none. Leave out LogExport instead.');
  const wrong = logGroupNames.find((name) => !Token.isUnresolved(name) && !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name));
  if (wrong === undefined) return;
  throw new StorageError(
    `\`logGroups\` must have names of log groups, got: ${wrong.trim() || `'${wrong}'`}. Find them with: aws logs describe-log-groups`,
  );
}
