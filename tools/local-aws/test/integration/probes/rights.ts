import { clientsFor } from './clients';
import { type ProbeContext, type Probes, unique } from './probe';

/** Conditions of policies that say other than on AWS. */
export const rights: Probes = {
  'secure transport': async (context) => {
    const Bucket = unique('bucket');
    await context.s3.createBucket({ Bucket });
    const role = await assumeNewRole(context, { Action: 's3:*', Resource: '*' });
    await denyInBucket(context, Bucket, { Bool: { 'aws:SecureTransport': 'false' } });
    return isRefused(role.s3.putObject({ Bucket, Key: 'key', Body: 'body' }));
  },
  'principal of a session': async (context) => {
    const [Bucket, name] = [unique('bucket'), unique('role')];
    await context.s3.createBucket({ Bucket });
    const role = await assumeNewRole(context, { Action: 's3:*', Resource: '*' }, name);
    const arn = `arn:aws:iam::${context.aws.account}:role/${name}`;
    await denyInBucket(context, Bucket, { ArnNotEquals: { 'aws:PrincipalArn': arn } });
    return isRefused(role.s3.putObject({ Bucket, Key: 'key', Body: 'body' }));
  },
  'metric namespace': async (context) => {
    const role = await assumeNewRole(context, {
      Action: 'cloudwatch:PutMetricData',
      Resource: '*',
      Condition: { StringEquals: { 'cloudwatch:namespace': 'Probe' } },
    });
    const MetricData = [{ MetricName: 'probe', Value: 1 }];
    return isRefused(role.cloudWatch.putMetricData({ Namespace: 'Probe', MetricData }));
  },
  'right to view budgets': async (context) => {
    const role = await assumeNewRole(context, { Action: 'budgets:ViewBudget', Resource: '*' });
    return isRefused(role.budgets.describeBudgets({ AccountId: context.aws.account }));
  },
  'parameters that are read together': async (context) => {
    const Resource = 'arn:aws:ssm:*:*:parameter/probe/*';
    const role = await assumeNewRole(context, { Action: ['ssm:GetParametersByPath', 'ssm:GetParameters'], Resource });
    const refusals = [
      await isRefused(role.ssm.getParametersByPath({ Path: '/probe/one' })),
      await isRefused(role.ssm.getParameters({ Names: ['/probe/one'] })),
    ];
    return refusals.every(Boolean);
  },
};

async function assumeNewRole({ aws, iam, sts }: ProbeContext, statement: object, RoleName = unique('role')) {
  const root = `arn:aws:iam::${aws.account}:root`;
  await iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal: { AWS: root }, Action: 'sts:AssumeRole' }),
  });
  await iam.putRolePolicy({ RoleName, PolicyName: 'probe', PolicyDocument: policy({ Effect: 'Allow', ...statement }) });
  const RoleArn = `arn:aws:iam::${aws.account}:role/${RoleName}`;
  const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName: 'probe' });
  return clientsFor(aws, {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  });
}

async function denyInBucket({ s3 }: ProbeContext, Bucket: string, Condition: object): Promise<void> {
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  const statement = { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource, Condition };
  await s3.putBucketPolicy({ Bucket, Policy: policy(statement) });
}

function policy(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

async function isRefused(call: Promise<unknown>): Promise<boolean> {
  return call.then(
    () => false,
    (error: Error) => {
      if (!/AccessDenied/.test(error.name)) throw error;
      return true;
    },
  );
}
