import { setTimeout } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { clientsFor } from './clients';
import { type ProbeContext, type Probes, unique } from './probe';

const [from, to] = [Date.parse('2026-03-29T00:00:00Z'), Date.parse('2026-03-29T23:59:59.999Z')];

/** What CloudWatch Logs exports to S3. */
export const logExport: Probes = {
  'log export': async (context) => {
    const Bucket = unique('archive');
    await context.s3.createBucket({ Bucket });
    const task = { logGroupName: await logGroup(context), from, to, destination: Bucket, destinationPrefix: 'logs/it' };
    const unopened = await context.logs.createExportTask(task).catch((error: Error) => error.name);
    if (unopened === 'InvalidOperationException') return true;
    await open(context, Bucket);
    const unwritable = await asCallerWithoutS3(context, (logs) => logs.createExportTask(task));
    const started = await Promise.allSettled([
      context.logs.createExportTask(task),
      context.logs.createExportTask(task),
    ]);
    const [first, second] = started.map((one) => (one.status === 'fulfilled' ? one.value.taskId : one.reason.name));
    const lines = await exported(context, String(first), Bucket);
    return (
      unopened !== 'InvalidParameterException' ||
      unwritable !== 'AccessDeniedException' ||
      second !== 'LimitExceededException' ||
      lines !== `logs/it/${first}/a-stream/000000.gz: 2026-03-29T00:00:00.000Z of the day\n`
    );
  },
};

/** The error that Logs gives somebody who may create the task, and not write to the bucket. */
async function asCallerWithoutS3(
  { aws, iam, sts }: ProbeContext,
  call: (logs: CloudWatchLogs) => Promise<unknown>,
): Promise<string> {
  const RoleName = unique('exporter');
  const allow = (statement: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const { Role } = await iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: allow({ Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }),
  });
  const PolicyDocument = allow({ Action: 'logs:*', Resource: '*' });
  await iam.putRolePolicy({ RoleName, PolicyName: 'logs', PolicyDocument });
  const { Credentials: session } = await sts.assumeRole({ RoleArn: Role?.Arn, RoleSessionName: 'probe' });
  const { logs } = clientsFor(aws, {
    accessKeyId: session?.AccessKeyId ?? '',
    secretAccessKey: session?.SecretAccessKey ?? '',
    sessionToken: session?.SessionToken ?? '',
  });
  return call(logs).then(String, (error: Error) => error.name);
}

/** A log group with an event in the time, and one before. */
async function logGroup({ logs }: ProbeContext): Promise<string> {
  const [logGroupName, logStreamName] = [unique('group'), 'a/stream'];
  await logs.createLogGroup({ logGroupName });
  await logs.createLogStream({ logGroupName, logStreamName });
  const logEvents = [
    { timestamp: from - 1, message: 'of the day before' },
    { timestamp: from, message: 'of the day' },
  ];
  await logs.putLogEvents({ logGroupName, logStreamName, logEvents });
  return logGroupName;
}

/** Lets Logs of this account write into the bucket. */
async function open({ aws, s3 }: ProbeContext, Bucket: string): Promise<void> {
  const statement = {
    Effect: 'Allow',
    Principal: { Service: `logs.${aws.region}.amazonaws.com` },
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
    Condition: { StringEquals: { 'aws:SourceAccount': aws.account } },
  };
  await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }) });
}

/** What a task has written: each object with its lines. */
async function exported({ logs, s3 }: ProbeContext, taskId: string, Bucket: string): Promise<string> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await setTimeout(20)) {
    const { exportTasks: [task] = [] } = await logs.describeExportTasks({ taskId });
    if (task?.status?.code === 'COMPLETED') break;
  }
  const { Contents = [] } = await s3.listObjectsV2({ Bucket });
  const objects = Contents.map(async ({ Key }) => {
    const { Body } = await s3.getObject({ Bucket, Key });
    return `${Key}: ${gunzipSync((await Body?.transformToByteArray()) ?? '')}`;
  });
  return (await Promise.all(objects)).join('');
}
