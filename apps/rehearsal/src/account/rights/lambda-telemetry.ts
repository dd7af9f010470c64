import type { Account } from '../account';
import type { Aws } from '../aws';
import { published } from '../published';
import { type Attempt, rightsCheck } from './attempts';

/** A function's role of the application's, to which its owner has attached the policy. */
const ROLE = 'shop-telemetry';

export const lambdaTelemetry = rightsCheck('rights.lambda-telemetry', async (account) => ({
  ...(await withTelemetryPolicy(account)),
  may: [publish('UserMetrics/Shop')],
  mayNot: [
    publish('Shop'),
    publish('AWS/RDS'),
    ["write a log that is no function's", createStream('/user-metrics/umami')],
    ['read metrics', ({ cloudWatch }) => cloudWatch.listMetrics({})],
    ['list functions', ({ lambda }) => lambda.listFunctions({})],
  ],
}));

function publish(Namespace: string): Attempt {
  const MetricData = [{ MetricName: 'Rehearsals', Value: 1 }];
  return [`publish in ${Namespace}`, ({ cloudWatch }) => cloudWatch.putMetricData({ Namespace, MetricData })];
}

function createStream(logGroupName: string): (aws: Aws) => Promise<unknown> {
  return ({ logs }) => logs.createLogStream({ logGroupName, logStreamName: 'rehearsal' });
}

/** Its owner detaches it again: the policy is published, and attached by nobody else. */
async function withTelemetryPolicy(account: Account): Promise<{ roleName: string; undo: () => Promise<unknown> }> {
  const { iam } = account.aws;
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  await iam.createRole({ RoleName: ROLE, AssumeRolePolicyDocument }).catch((error: Error) => {
    if (error.name !== 'EntityAlreadyExistsException') throw error;
  });
  const PolicyArn = await published(account, 'access/lambda-telemetry-policy-arn');
  await iam.attachRolePolicy({ RoleName: ROLE, PolicyArn });
  return { roleName: ROLE, undo: () => iam.detachRolePolicy({ RoleName: ROLE, PolicyArn }) };
}
