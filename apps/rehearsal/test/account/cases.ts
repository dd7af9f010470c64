import { accountBudgetName } from '@user-metrics/foundation/account';
import { escapeIdentifier } from 'pg';
import { type Account, oursIn } from '../../lib/src/account/account';
import { FRONTEND_BUCKET } from '../../lib/src/account/existing-application/frontend';
import type { CheckId } from '../../lib/src/report/check';
import { recordings, roleOf, type Undo, withBucketPolicy, withRight } from './changes';

/** A real change of the deployed account, and what each check that sees it says then; every other check passes. */
export interface Case {
  readonly what: string;
  readonly change: (account: Account) => Promise<Undo>;
  readonly says: { readonly [Id in CheckId]?: RegExp };
}

/** Runs statements as superuser in the application's database. */
async function sql(account: Account, ...statements: string[]): Promise<void> {
  const client = await account.server.connectOwner(account.application.database);
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

/** At least one change a story: `observe` reads what is really there. What `evaluate` says of each fault is tested without an account. */
export const CASES: readonly Case[] = [
  {
    what: 'the security group of the database lets everybody in',
    change: async ({ aws, existingApplication }) => {
      const rule = {
        GroupId: existingApplication.network.databaseSecurityGroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      };
      await aws.ec2.authorizeSecurityGroupIngress(rule);
      return () => aws.ec2.revokeSecurityGroupIngress(rule);
    },
    says: {
      '1.1.AC3': /^database has in from 0\.0\.0\.0\/0: 22 too$/,
      // The group belongs to the application.
      '1.1.IV1': /^sgr-\S+ is new$/,
    },
  },
  {
    what: 'the role of Grafana may publish metrics',
    change: async (account) => withRight(account, await roleOf(account, 'grafana'), 'cloudwatch:PutMetricData'),
    says: {
      'rights.grafana': /^it can publish a metric$/,
      '1.1.AC4': /^the Grafana role may cloudwatch:PutMetricData on \*$/,
    },
  },
  {
    what: 'a parameter is gone, and its tags with it',
    change: async ({ aws, stage }) => {
      const Name = `/user-metrics/${stage}/database/schema-name`;
      const { Parameter } = await aws.ssm.getParameter({ Name });
      const { TagList: Tags } = await aws.ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId: Name });
      await aws.ssm.deleteParameter({ Name });
      return () => aws.ssm.putParameter({ Name, Type: 'String', Value: Parameter?.Value ?? '', Tags });
    },
    says: {
      '1.1.AC7': /^\/user-metrics\/dev lacks database\/schema-name \(String\)$/,
      '1.1.AC5': /schema-name/,
      '1.1.AC6': /^AWS::SSM::Parameter \S+schema-name is not found$/,
      '1.4.AC2': /schema-name/,
    },
  },
  {
    what: 'the bucket of recordings has no cost center',
    change: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await recordings(account);
      const { TagSet = [] } = await s3.getBucketTagging({ Bucket });
      const put = (tags: typeof TagSet) => s3.putBucketTagging({ Bucket, Tagging: { TagSet: tags } });
      await put(TagSet.filter(({ Key }) => Key !== 'CostCenter'));
      return () => put(TagSet);
    },
    says: { '1.1.AC5': /^AWS::S3::Bucket \S+ lacks CostCenter$/, '1.1.AC6': /^arn:aws:s3:::\S+ lacks CostCenter$/ },
  },
  {
    what: 'the database role reads a table of the application',
    change: async (account) => {
      const role = escapeIdentifier(oursIn(account).databaseRole);
      await sql(
        account,
        `grant usage on schema application to ${role}`,
        `grant select on application.customer to ${role}`,
      );
      return () =>
        sql(
          account,
          `revoke all on application.customer from ${role}`,
          `revoke all on schema application from ${role}`,
        );
    },
    says: {
      '1.2.AC2': /SELECT on table application\.customer, granted to /,
      '1.2.AC4': /SELECT on table application\.customer, granted to /,
      // Grants on objects of the application.
      '1.2.IV1': /application/,
    },
  },
  {
    what: 'the lifecycle rules of recordings are disabled',
    change: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await recordings(account);
      const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket });
      const put = (rules: typeof Rules) =>
        s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration: { Rules: rules } });
      await put(Rules.map((rule) => ({ ...rule, Status: 'Disabled' as const })));
      return () => put(Rules);
    },
    says: { '1.3.AC2': /^recordings expire after no days; /, '1.3.AC3': /^recordings move after no days$/ },
  },
  {
    what: 'the policy of the bucket refuses nobody',
    change: async (account) =>
      withBucketPolicy(account, await recordings(account), (statements) =>
        statements.filter(({ Sid }) => Sid !== 'RecordingsForTheTaskRoleOnly'),
      ),
    says: {
      '1.3.AC4': /^the policy refuses nobody$/,
      'rights.unauthorised-role': /^it can write a recording; it can read a recording$/,
    },
  },
  {
    what: 'an alert of the budget is missing',
    change: async (account) => {
      const { budgets } = account.aws;
      const where = {
        AccountId: account.id,
        BudgetName: await accountBudgetName(account),
        Notification: {
          NotificationType: 'ACTUAL',
          ComparisonOperator: 'GREATER_THAN',
          Threshold: 80,
          ThresholdType: 'PERCENTAGE',
        },
      } as const;
      const { Subscribers } = await budgets.describeSubscribersForNotification(where);
      await budgets.deleteNotification(where);
      return () => budgets.createNotification({ ...where, Subscribers });
    },
    says: { '1.4.AC1': /^the budget lacks ACTUAL 80 PERCENTAGE$/ },
  },
  {
    what: 'a function of the application has another query, which fails',
    change: async ({ aws }) => {
      const FunctionName = 'shop-open-orders';
      const { Environment } = await aws.lambda.getFunctionConfiguration({ FunctionName });
      const put = (Variables: Record<string, string> | undefined) =>
        aws.lambda.updateFunctionConfiguration({ FunctionName, Environment: { Variables } });
      await put({ ...Environment?.Variables, QUERY: 'select 1 / 0 as value' });
      return () => put(Environment?.Variables);
    },
    says: {
      '1.1.IV2': /^shop-open-orders\.Environment\.Variables\.QUERY changed; shop-open-orders fails: .*division by zero/,
      '1.1.IV3': /^shop-open-orders answers as release undefined$/,
    },
  },
  {
    what: 'an object of the application is another one',
    change: async ({ aws }) => {
      const put = (Body: string) => aws.s3.putObject({ Bucket: FRONTEND_BUCKET, Key: 'assets/app.js', Body });
      await put('alert("ours")');
      return () => put('console.log("shop")');
    },
    says: { '1.3.IV3': /^assets\/app\.js reads alert\("ours"\)$/, '1.3.IV1': /^objects\.\d+\.ETag changed/ },
  },
  {
    what: 'a function of the application has another tag',
    change: async ({ aws }) => {
      const { Configuration } = await aws.lambda.getFunction({ FunctionName: 'shop-customers' });
      const Resource = Configuration?.FunctionArn;
      await aws.lambda.tagResource({ Resource, Tags: { Owner: 'platform' } });
      return () => aws.lambda.untagResource({ Resource, TagKeys: ['Owner'] });
    },
    says: { '1.4.IV2': /^tags of shop-customers\.Owner is new$/ },
  },
];
