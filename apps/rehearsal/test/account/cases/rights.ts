import { published } from '../../../lib/src/account/published';
import type { Case } from './case';
import { allow, functionRole, roleOf, withMore, withNothing } from './roles';
import { withBucketPolicy } from './storage';

/** Each IAM role with too many rights, and each that is for something with too few. */
export const RIGHTS: readonly Case[] = [
  {
    id: 'rights.task-execution',
    what: 'the role reads every secret',
    broken: async (account) =>
      withMore(account, await roleOf(account, 'task-execution'), allow('secretsmanager:GetSecretValue')),
    says: /^it can read the admin secret$/,
  },
  {
    id: 'rights.task-execution',
    what: 'the role cannot read its secret',
    broken: async (account) => withNothing(account, await roleOf(account, 'task-execution')),
    says: /^it cannot read Umami's secret: .*not authorized/,
  },
  {
    id: 'rights.umami-task',
    what: 'the role calls functions',
    broken: async (account) => withMore(account, await roleOf(account, 'umami-task'), allow('lambda:InvokeFunction')),
    says: /^it can call the application's function$/,
  },
  {
    id: 'rights.openreplay-task',
    what: 'the role reads every secret',
    broken: async (account) =>
      withMore(account, await roleOf(account, 'openreplay-task'), allow('secretsmanager:GetSecretValue')),
    says: /^it can read Umami's secret; it can read the admin secret$/,
  },
  {
    id: 'rights.openreplay-task',
    what: 'the role cannot write recordings',
    broken: async (account) => withNothing(account, await roleOf(account, 'openreplay-task')),
    says: /^it cannot write a recording: .*; it cannot read a recording: /,
  },
  {
    id: 'rights.lambda-telemetry',
    what: 'the policy publishes everywhere',
    broken: async (account) => {
      const { iam } = account.aws;
      const PolicyArn = await published(account, 'access/lambda-telemetry-policy-arn');
      const VersionId = (await iam.getPolicy({ PolicyArn })).Policy?.DefaultVersionId;
      const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId });
      const put = (PolicyDocument: string) =>
        iam.createPolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault: true });
      await put(JSON.stringify({ Version: '2012-10-17', Statement: [allow('cloudwatch:PutMetricData')] }));
      return () => put(decodeURIComponent(PolicyVersion?.Document ?? ''));
    },
    says: /^it can publish in Shop; it can publish in AWS\/RDS; it can publish in UserMetrics\/Cost$/,
  },
  {
    id: 'rights.grafana',
    what: 'the role publishes metrics',
    broken: async (account) => withMore(account, await roleOf(account, 'grafana'), allow('cloudwatch:PutMetricData')),
    says: /^it can publish a metric$/,
  },
  {
    id: 'rights.grafana',
    what: 'the role cannot read metrics',
    broken: async (account) => withNothing(account, await roleOf(account, 'grafana')),
    says: /^it cannot list metrics: /,
  },
  {
    id: 'rights.database-function',
    what: 'the role lists secrets',
    broken: async (account) => withMore(account, await functionRole(account), allow('secretsmanager:ListSecrets')),
    says: /^it can list secrets$/,
  },
  {
    id: 'rights.database-function',
    what: 'the role cannot read the admin secret',
    broken: async (account) => withNothing(account, await functionRole(account)),
    says: /^it cannot read the admin secret: /,
  },
  {
    id: 'rights.stranger',
    what: 'the bucket refuses nobody',
    broken: (account) =>
      withBucketPolicy(account, (statements) => statements.filter(({ Sid }) => Sid !== 'RecordingsForTheTaskRoleOnly')),
    says: /^it can write a recording; it can read a recording$/,
    touches: ['1.3.AC4'],
  },
];
