/** A resource of a template. */
export type Resource = { readonly Type: string; readonly Properties: { readonly [name: string]: unknown } };

/** A finding of cdk-nag's AwsSolutions that is as it should be. */
export interface Acknowledged {
  /** The rule, with the policy or action that it is about. */
  readonly rule: RegExp;
  /** Path of the resource, without the stage. */
  readonly path: RegExp;
  readonly reason: string;
  /** Whether the reason holds for the resource; it must not hold for one without properties. */
  readonly holds: (resource: Resource, template: { readonly [logicalId: string]: Resource }) => boolean;
}

type Statement = { Action: string | string[]; Resource: unknown; Condition?: object };

export const ACKNOWLEDGED: readonly Acknowledged[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    path: /^(Access\/|Network\/.*\/FlowLogs\/IamRole\/|Cost\/CostAllocationTags\/|CostReports\/Cost(Trend|Report)\/|Storage\/LogExport\/)/,
    reason: 'The actions have no resource type, or none for what is read; a condition limits each statement instead.',
    holds: (resource) => {
      const everywhere = statementsOf(resource).filter(({ Resource }) => Resource === '*');
      return everywhere.length > 0 && everywhere.every(({ Condition = {} }) => Object.keys(Condition).length > 0);
    },
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:aws:(ecr|logs):/,
    path: /^Access\//,
    reason:
      'Repositories and log groups below these names are created later, when the tasks run; account and Region are fixed.',
    holds: (resource) => {
      const arns = statementsOf(resource).flatMap(({ Resource }) => (Resource === '*' ? [] : [Resource].flat()));
      return (
        arns.length > 0 &&
        arns.every((arn) => /^arn:aws:(ecr|logs):eu-central-1:111122223333:[a-z-]+[:/]/.test(String(arn)))
      );
    },
  },
  {
    rule: /^AwsSolutions-SMG4$/,
    path: /^Database\/UmamiDatabase\/Secret\//,
    reason:
      'Umami reads its password when it starts: a rotation by schedule would lock it out. A deployment changes it.',
    holds: (_, template) => {
      const setUp = Object.values(template).filter(({ Type }) => Type.startsWith('Custom::'));
      return JSON.stringify(setUp).includes('UmamiDatabaseSecret');
    },
  },
  {
    rule: /^AwsSolutions-IAM4\[.*\/service-role\/AWSLambda(BasicExecution|VPCAccessExecution)Role\]$/,
    path: /^(Database\/UmamiDatabase|Cost\/CostAllocationTags|CostReports\/CostTrend|Storage\/LogExport)\/(Function|(Retention|Verification)Function|Provider\/framework-onEvent)\/ServiceRole\//,
    reason:
      'What CDK gives every function: writing its own logs, and network interfaces in the VPC. Lambda alone assumes it.',
    holds: ({ Properties }) => {
      const trust = JSON.stringify(Properties['AssumeRolePolicyDocument'] ?? '');
      const managed = (Properties['ManagedPolicyArns'] as unknown[] | undefined) ?? [];
      const known = /service-role\/AWSLambda(BasicExecution|VPCAccessExecution)Role/;
      return (
        trust.includes('"Service":"lambda.amazonaws.com"') && managed.every((arn) => known.test(JSON.stringify(arn)))
      );
    },
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<UmamiDatabaseFunction[0-9A-F]{8}\.Arn>:\*\]$/,
    path: /^Database\/UmamiDatabase\/Provider\/framework-onEvent\/ServiceRole\/DefaultPolicy\//,
    reason: "CDK's provider framework invokes whatever version of the one function that sets up the database.",
    holds: (resource) => {
      const wide = statementsOf(resource).filter(({ Resource }) => JSON.stringify(Resource).includes(':*'));
      return wide.length === 1 && wide.every(({ Action }) => Action === 'lambda:InvokeFunction');
    },
  },
  {
    rule: /^AwsSolutions-S1$/,
    path: /^Storage\/SessionReplayBucket\//,
    reason: 'Access logs of every recording cost more than the recordings, and the policy admits one IAM role only.',
    holds: ({ Properties }, template) => {
      const policies = Object.values(template).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
      const closed = (Properties['PublicAccessBlockConfiguration'] as { RestrictPublicBuckets?: boolean } | undefined)
        ?.RestrictPublicBuckets;
      return closed === true && JSON.stringify(policies).includes('aws:PrincipalArn');
    },
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<SessionReplayBucket[0-9A-F]{8}\.Arn>\/\*\]$/,
    path: /^Storage\/UseRecordings\//,
    reason: 'The recordings of one bucket, whose names OpenReplay makes.',
    holds: (resource) => {
      const resources = statementsOf(resource).flatMap(({ Resource }) => [Resource].flat());
      return resources.length > 0 && resources.every((each) => JSON.stringify(each).includes('SessionReplayBucket'));
    },
  },
  {
    rule: /^AwsSolutions-S1$/,
    path: /^Storage\/LogArchive\//,
    reason: 'An archive is written once a day by one service, and access logs of it would be logs of logs.',
    holds: ({ Properties }, template) => {
      const policies = Object.values(template).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
      const isArchive = JSON.stringify(Properties['LifecycleConfiguration'] ?? '').includes('GLACIER');
      return isArchive && JSON.stringify(policies).includes('"Service":"logs.');
    },
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::(arn:aws:logs:.*:log-group:.*:\*|<LogArchive[0-9A-F]{8}\.Arn>\/(progress|logs)\/\*)\]$/,
    path: /^Storage\/LogExport\//,
    reason:
      'The streams of the log groups that the configuration names; their exports and the notes on them in one bucket.',
    holds: (resource) => {
      const wide = statementsOf(resource).flatMap(({ Action, Resource }) =>
        JSON.stringify(Resource).includes('*') && Resource !== '*' ? [Action].flat() : [],
      );
      const known = ['logs:CreateExportTask', 's3:GetObject', 's3:PutObject'];
      return wide.length > 0 && wide.every((action) => known.includes(action));
    },
  },
  {
    rule: /^AwsSolutions-VPC7$/,
    path: /^Network\/Network\/Vpc\//,
    reason: 'Flow logs are for those who ask for them, and are then of each of the four subnets instead of the VPC.',
    holds: ({ Properties }, template) => {
      const count = (type: string) => Object.values(template).filter(({ Type }) => Type === type).length;
      return (
        Properties['CidrBlock'] !== undefined && [0, count('AWS::EC2::Subnet')].includes(count('AWS::EC2::FlowLog'))
      );
    },
  },
];

function statementsOf({ Properties }: Resource): Statement[] {
  const inline = (Properties['Policies'] as { PolicyDocument: { Statement: Statement[] } }[] | undefined) ?? [];
  const own = Properties['PolicyDocument'] as { Statement: Statement[] } | undefined;
  return [...inline.flatMap(({ PolicyDocument }) => PolicyDocument.Statement), ...(own?.Statement ?? [])];
}
