import type { Account } from '../../../lib/src/account/account';
import { FRONTEND_BUCKET } from '../../../lib/src/account/neighbour/frontend';
import { NEIGHBOUR_FUNCTIONS } from '../../../lib/src/account/neighbour/functions';
import { published } from '../../../lib/src/account/published';
import type { Case, Mend } from './case';
import { allow, roleOf, withMore, withTrust } from './roles';
import { withBucketPolicy } from './storage';

/** Changes what a function of the application asks the database. */
async function withQuery({ aws }: Account, QUERY: string): Promise<Mend> {
  const FunctionName = 'shop-open-orders';
  const { Environment } = await aws.lambda.getFunctionConfiguration({ FunctionName });
  const put = (query: string) =>
    aws.lambda.updateFunctionConfiguration({
      FunctionName,
      Environment: { Variables: { ...Environment?.Variables, QUERY: query } },
    });
  await put(QUERY);
  return () => put(NEIGHBOUR_FUNCTIONS[FunctionName]);
}

/** Whom the roles trust; the application's functions. */
export const ACCESS: readonly Case[] = [
  {
    id: '1.1.AC4',
    what: 'a role without conditions',
    broken: async (account) =>
      withTrust(account, await roleOf(account, 'grafana'), ({ Condition, ...statement }) => statement),
    says: /may be assumed for account of anybody; \S+ may be assumed for any resource$/,
  },
  {
    id: '1.1.AC4',
    what: 'a role for another service',
    broken: async (account) =>
      withTrust(account, await roleOf(account, 'umami-task'), (statement) => ({
        ...statement,
        Principal: { Service: 'ec2.amazonaws.com' },
      })),
    says: /is trusted by ec2\.amazonaws\.com instead of ecs-tasks\.amazonaws\.com$/,
  },
  {
    id: '1.1.AC4',
    what: 'a role that a stranger may assume too',
    broken: async (account) =>
      withTrust(account, await roleOf(account, 'openreplay-task'), (statement) => ({
        ...statement,
        Principal: { Service: 'ecs-tasks.amazonaws.com', Federated: 'cognito-identity.amazonaws.com' },
      })),
    says: /is trusted by ecs-tasks\.amazonaws\.com, cognito-identity\.amazonaws\.com instead of/,
  },
  {
    id: '1.1.AC4',
    what: 'a role that nobody may assume',
    broken: async (account) =>
      withTrust(account, await roleOf(account, 'task-execution'), (statement) => ({ ...statement, Effect: 'Deny' })),
    says: /is trusted by nobody instead of ecs-tasks\.amazonaws\.com$/,
  },
  {
    id: '1.1.AC4',
    what: 'the telemetry policy is attached to a role of ours',
    broken: async (account) => {
      const PolicyArn = await published(account, 'access/lambda-telemetry-policy-arn');
      const RoleName = await roleOf(account, 'umami-task');
      await account.aws.iam.attachRolePolicy({ RoleName, PolicyArn });
      return () => account.aws.iam.detachRolePolicy({ RoleName, PolicyArn });
    },
    says: /^the telemetry policy is attached \d times?, /,
  },
  {
    id: '1.1.IV2',
    what: "a function's query fails",
    broken: (account) => withQuery(account, 'select 1 / 0 as value'),
    says: /shop-open-orders fails: .*division by zero/,
    // The application's own deployment tries its first function.
    touches: ['1.1.IV3'],
  },
  {
    id: '1.1.IV2',
    what: 'a function asks something else',
    broken: (account) => withQuery(account, 'select 1 as value'),
    says: /^shop-open-orders\.Environment\.Variables\.QUERY changed$/,
  },
  {
    id: '1.1.IV2',
    what: "the functions' role has another policy",
    broken: (account) => withMore(account, 'shop-functions', allow('sqs:SendMessage')),
    says: /^policies\.PolicyNames\.\d is new|^policies\.PolicyNames\.\d changed/,
  },
  {
    id: '1.1.IV3',
    what: 'nobody may publish the frontend any more',
    broken: (account) =>
      withBucketPolicy(
        account,
        (statements) => [
          ...statements,
          { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `arn:aws:s3:::${FRONTEND_BUCKET}/*` },
        ],
        FRONTEND_BUCKET,
      ),
    says: /AccessDenied|Access Denied|not authorized/,
    // The same bucket, and its policy.
    touches: ['1.3.IV1', '1.3.IV3'],
  },
];
