import { published } from '@user-metrics/foundation/account';
import type { Account } from '../account';
import type { Aws } from '../aws';
import { applicationRole, removeApplicationRole } from './application-role';
import { type Attempt, rightsCheck } from './attempts';

export const lambdaTelemetry = rightsCheck('rights.lambda-telemetry', async (account) => ({
  ...(await withTelemetryPolicy(account)),
  may: [publish('UserMetrics/Shop')],
  mayNot: [
    publish('Shop'),
    publish('AWS/RDS'),
    publish('UserMetrics/Cost'),
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

/** A function's role of the application's, to which its owner attaches the policy, and detaches it again: the policy is published, and attached by nobody else. */
async function withTelemetryPolicy(account: Account): Promise<{ roleName: string; undo: () => Promise<unknown> }> {
  const { iam } = account.aws;
  const RoleName = await applicationRole(account, 'shop-telemetry', { Service: 'lambda.amazonaws.com' });
  const PolicyArn = await published(account, 'access/lambda-telemetry-policy-arn');
  await iam.attachRolePolicy({ RoleName, PolicyArn });
  const undo = async () => {
    await iam.detachRolePolicy({ RoleName, PolicyArn });
    await removeApplicationRole(account, RoleName);
  };
  return { roleName: RoleName, undo };
}
