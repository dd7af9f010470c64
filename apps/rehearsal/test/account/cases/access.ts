import type { Account } from '../../../lib/src/account/account';
import { NEIGHBOUR_FUNCTIONS } from '../../../lib/src/account/neighbour/functions';
import { published } from '../../../lib/src/account/published';
import type { Case, Restore } from './case';
import { allow, roleOf, withMore, withTrust } from './roles';

/** Changes what a function of the application asks the database. */
async function withQuery(
  { aws }: Account,
  FunctionName: keyof typeof NEIGHBOUR_FUNCTIONS,
  QUERY: string,
): Promise<Restore> {
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
    broken: (account) => withQuery(account, 'shop-customers', 'select 1 / 0 as value'),
    says: /shop-customers fails: .*division by zero/,
  },
  {
    id: '1.1.IV2',
    what: 'a function asks something else',
    broken: (account) => withQuery(account, 'shop-customers', 'select 1 as value'),
    says: /^shop-customers\.Environment\.Variables\.QUERY changed$/,
  },
  {
    id: '1.1.IV2',
    what: "the functions' role has another policy",
    broken: (account) => withMore(account, 'shop-functions', allow('sqs:SendMessage')),
    says: /^policies\.PolicyNames\.\d is new|^policies\.PolicyNames\.\d changed/,
  },
  {
    id: '1.1.IV3',
    what: 'the function that the application deploys does not answer',
    broken: (account) => withQuery(account, 'shop-open-orders', 'select 1 / 0 as value'),
    says: /^shop-open-orders answers as release undefined$/,
    touches: ['1.1.IV2'],
  },
];
