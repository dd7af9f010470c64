import { createHash } from 'node:crypto';
import type { Budget } from '@aws-sdk/client-budgets';
import type { Filter } from '@aws-sdk/client-ec2';
import diff from 'microdiff';
import type { Aws } from '../aws';
import { APPLICATION_ALARM, APPLICATION_BUDGET } from './billing';
import { FRONTEND_BUCKET } from './frontend';
import { APPLICATION_FUNCTIONS } from './functions';
import type { ExistingApplication } from './index';
import { APPLICATION_TAGS } from './tags';

/** Everything that the services say of the application, by what it concerns. */
export interface ApplicationDescription {
  readonly network: Description;
  readonly functions: Description;
  readonly bucket: Description;
  readonly distribution: Description;
  readonly billing: Description;
  readonly database: Description;
  readonly tags: Description;
}

/** What one or more calls answered, by a name for each thing. */
export type Description = { readonly [thing: string]: unknown };

/** Where the application is. */
export interface Place {
  readonly aws: Aws;
  readonly accountId: string;
  readonly existingApplication: Pick<ExistingApplication, 'distributionId' | 'database'>;
  /** Physical ids of rules and connections that the configuration lets the foundation add to what is theirs. */
  readonly approved: ReadonlySet<string>;
}

const PARTS: { readonly [Part in keyof ApplicationDescription]: (place: Place) => Promise<Description> } = {
  network: ({ aws, approved }) => describeNetwork(aws, approved),
  functions: ({ aws }) => describeFunctions(aws),
  bucket: ({ aws }) => describeBucket(aws),
  distribution: async ({ aws, existingApplication }) => {
    const { Distribution } = await aws.cloudFront.getDistribution({ Id: existingApplication.distributionId });
    const { LastModifiedTime, InProgressInvalidationBatches, ...distribution } = Distribution ?? {};
    return { distribution };
  },
  billing: ({ aws, accountId }) => describeBilling(aws, accountId),
  database: ({ aws, existingApplication }) => describeDatabase(aws, existingApplication.database.adminSecretArn),
  tags: ({ aws }) => describeTags(aws),
};

/** Asks the services for one part of the application. */
export function describePart(part: keyof ApplicationDescription, place: Place): Promise<Description> {
  return PARTS[part](place);
}

/** Asks the services for everything of the application, before the foundation comes. */
export async function describeApplication(place: Omit<Place, 'approved'>): Promise<ApplicationDescription> {
  const description: { -readonly [Part in keyof ApplicationDescription]?: Description } = {};
  for (const part of Object.keys(PARTS) as (keyof ApplicationDescription)[])
    description[part] = await describePart(part, { ...place, approved: new Set() });
  return description as ApplicationDescription;
}

async function describeNetwork({ ec2 }: Aws, approved: ReadonlySet<string>): Promise<Description> {
  const Filters: Filter[] = [{ Name: 'tag:Project', Values: [APPLICATION_TAGS.Project] }];
  const groups = (await ec2.describeSecurityGroups({ Filters })).SecurityGroups ?? [];
  const { SecurityGroupRules = [] } = await ec2.describeSecurityGroupRules({
    Filters: [{ Name: 'group-id', Values: groups.map(({ GroupId = '' }) => GroupId) }],
  });
  const { RouteTables = [] } = await ec2.describeRouteTables({ Filters });
  const { Vpcs = [] } = await ec2.describeVpcs({ Filters });
  return {
    ...byId(
      'VpcId',
      Vpcs.map(({ CidrBlockAssociationSet: blocks = [], ...vpc }) => ({
        ...vpc,
        CidrBlockAssociationSet: blocks.filter(({ AssociationId = '' }) => !approved.has(AssociationId)),
      })),
    ),
    // How many addresses are free is the sum of what runs there.
    ...byId('SubnetId', (await ec2.describeSubnets({ Filters })).Subnets, ['AvailableIpAddressCount']),
    ...byId('InternetGatewayId', (await ec2.describeInternetGateways({ Filters })).InternetGateways),
    ...byId('NatGatewayId', (await ec2.describeNatGateways({ Filter: Filters })).NatGateways),
    ...byId(
      'RouteTableId',
      RouteTables.map(({ Routes = [], ...table }) => ({
        ...table,
        Routes: Routes.filter(({ VpcPeeringConnectionId = '' }) => !approved.has(VpcPeeringConnectionId)),
      })),
    ),
    ...byId(
      'SecurityGroupRuleId',
      SecurityGroupRules.filter(({ SecurityGroupRuleId = '' }) => !approved.has(SecurityGroupRuleId)),
    ),
    // Their rules stand above, each by its id.
    ...byId('GroupId', groups, ['IpPermissions', 'IpPermissionsEgress']),
  };
}

async function describeFunctions({ lambda, iam }: Aws): Promise<Description> {
  const description: { [thing: string]: unknown } = {
    role: answer(await iam.getRole({ RoleName: 'shop-functions' })),
    policies: answer(await iam.listRolePolicies({ RoleName: 'shop-functions' })),
    'attached policies': answer(await iam.listAttachedRolePolicies({ RoleName: 'shop-functions' })),
  };
  for (const FunctionName of Object.keys(APPLICATION_FUNCTIONS)) {
    const configuration = await lambda.getFunctionConfiguration({ FunctionName });
    // The application deploys as it likes: when it did so last, and whether it is ready yet, is no concern of ours.
    const isOfDeployment = (name: string) => /^(LastModified|RevisionId|State|LastUpdateStatus)/.test(name);
    description[FunctionName] = Object.fromEntries(
      Object.entries(answer(configuration)).filter(([name]) => !isOfDeployment(name)),
    );
  }
  return description;
}

async function describeBucket({ s3 }: Aws): Promise<Description> {
  const Bucket = FRONTEND_BUCKET;
  return {
    policy: (await s3.getBucketPolicy({ Bucket })).Policy,
    CORS: answer(await s3.getBucketCors({ Bucket })),
    lifecycle: answer(await s3.getBucketLifecycleConfiguration({ Bucket })),
    objects: (await s3.listObjectsV2({ Bucket })).Contents?.map(({ Key, ETag, Size }) => ({ Key, ETag, Size })),
  };
}

async function describeBilling({ budgets, cloudWatch }: Aws, AccountId: string): Promise<Description> {
  const BudgetName = APPLICATION_BUDGET;
  const { MetricAlarms: alarms = [] } = await cloudWatch.describeAlarms({ AlarmNames: [APPLICATION_ALARM] });
  const { Budget = {} as Partial<Budget> } = await budgets.describeBudget({ AccountId, BudgetName });
  const { LastUpdatedTime, CalculatedSpend, ...budget } = Budget;
  return {
    budget,
    notifications: answer(await budgets.describeNotificationsForBudget({ AccountId, BudgetName })),
    alarm: alarms.map(({ StateValue, StateReason, StateReasonData, StateUpdatedTimestamp, ...alarm }) => alarm),
  };
}

async function describeDatabase({ rds, secretsManager }: Aws, SecretId: string): Promise<Description> {
  const { LastAccessedDate, ...secret } = await secretsManager.describeSecret({ SecretId });
  const { SecretString = '' } = await secretsManager.getSecretValue({ SecretId });
  return {
    cluster: answer(await rds.describeDBClusters({ DBClusterIdentifier: 'shop' })),
    'admin secret': answer(secret),
    'value of the admin secret': createHash('sha256').update(SecretString).digest('hex'),
  };
}

async function describeTags({ lambda, s3, budgets, cloudWatch, cloudFront, sts }: Aws): Promise<Description> {
  const account = (await sts.getCallerIdentity({})).Account;
  const { MetricAlarms: [alarm] = [] } = await cloudWatch.describeAlarms({ AlarmNames: [APPLICATION_ALARM] });
  const { DistributionList } = await cloudFront.listDistributions({});
  const distribution = DistributionList?.Items?.[0]?.ARN;
  const functions: { [thing: string]: unknown } = {};
  for (const name of Object.keys(APPLICATION_FUNCTIONS)) {
    const { FunctionArn } = await lambda.getFunctionConfiguration({ FunctionName: name });
    functions[`tags of ${name}`] = (await lambda.listTags({ Resource: FunctionArn })).Tags;
  }
  return {
    ...functions,
    'tags of the bucket': (await s3.getBucketTagging({ Bucket: FRONTEND_BUCKET })).TagSet,
    'tags of the budget': (
      await budgets.listTagsForResource({ ResourceARN: `arn:aws:budgets::${account}:budget/${APPLICATION_BUDGET}` })
    ).ResourceTags,
    'tags of the alarm': (await cloudWatch.listTagsForResource({ ResourceARN: alarm?.AlarmArn })).Tags,
    'tags of the distribution': (await cloudFront.listTagsForResource({ Resource: distribution })).Tags?.Items,
  };
}

/** An answer without what is different each time. */
function answer({ $metadata, ...rest }: object & { $metadata?: unknown }): object {
  return rest;
}

function byId<T extends object>(key: keyof T & string, things: readonly T[] = [], without: string[] = []): Description {
  return Object.fromEntries(
    things.map((thing) => [
      String(thing[key]),
      Object.fromEntries(Object.entries(thing).filter(([name]) => !without.includes(name))),
    ]),
  );
}

/** What differs between two descriptions of the same things, in words; values of texts that may hold a password are not told. */
export function changesOf(before: Description, now: Description): string[] {
  const plain = (description: Description) => JSON.parse(JSON.stringify(description));
  return diff(plain(before), plain(now)).map((difference) => {
    const place = difference.path.join('.');
    if (difference.type === 'CREATE') return `${place} is new`;
    if (difference.type === 'REMOVE') return `${place} is gone`;
    return `${place} changed`;
  });
}
