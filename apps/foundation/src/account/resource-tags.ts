import { tagPropertyOf } from '@user-metrics/tagging';
import { partitionOf } from '../config/partition';
import type { DeployedStage, StackResource } from './deployed-stage';

/** Tags by key. */
export type Tags = { readonly [key: string]: string };

type Deployed = Pick<DeployedStage, 'aws' | 'id' | 'region'>;

type ReadTags = (deployed: Deployed, physicalId: string) => Promise<Tags>;

type TagList = readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined;

const fromList = (tags: TagList): Tags => Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key, Value]));

const ofEc2: ReadTags = async ({ aws }, id) => {
  const { Tags } = await aws.ec2.describeTags({ Filters: [{ Name: 'resource-id', Values: [id] }] });
  return fromList(Tags);
};

/** CloudFormation refers to an Elastic IP address by the address, and tags are by its allocation. */
export async function allocationOf({ aws }: Pick<DeployedStage, 'aws'>, address: string): Promise<string> {
  const { Addresses = [] } = await aws.ec2.describeAddresses({});
  return Addresses.find(({ PublicIp }) => PublicIp === address)?.AllocationId ?? '';
}

/** Of a type whose own service has no client here, or no call that tells tags alone. */
const byCloudControl =
  (TypeName: string): ReadTags =>
  async ({ aws }, Identifier) => {
    const { ResourceDescription } = await aws.cloudControl.getResource({ TypeName, Identifier });
    return fromList(JSON.parse(ResourceDescription?.Properties ?? '{}').Tags);
  };

const byCostExplorer: ReadTags = async ({ aws }, ResourceArn) =>
  fromList((await aws.costExplorer.listTagsForResource({ ResourceArn })).ResourceTags);

/** How the service of each type tells the tags of a resource: nothing here asks CloudFormation what it was told. */
const READERS: { readonly [type: string]: ReadTags } = {
  'AWS::EC2::FlowLog': ofEc2,
  'AWS::EC2::InternetGateway': ofEc2,
  'AWS::EC2::NatGateway': ofEc2,
  'AWS::EC2::RouteTable': ofEc2,
  'AWS::EC2::SecurityGroup': ofEc2,
  'AWS::EC2::Subnet': ofEc2,
  'AWS::EC2::VPC': ofEc2,
  'AWS::EC2::VPCEndpoint': ofEc2,
  'AWS::EC2::VPCPeeringConnection': ofEc2,
  'AWS::EC2::EIP': async (deployed, address) => ofEc2(deployed, await allocationOf(deployed, address)),
  'AWS::BCM::Dashboard': byCloudControl('AWS::BCM::Dashboard'),
  'AWS::BCM::ScheduledReport': byCloudControl('AWS::BCM::ScheduledReport'),
  'AWS::CE::AnomalyMonitor': byCostExplorer,
  'AWS::CE::AnomalySubscription': byCostExplorer,
  'AWS::Budgets::Budget': async ({ aws, id, region }, name) => {
    const ResourceARN = `arn:${partitionOf(region)}:budgets::${id}:budget/${name}`;
    return fromList((await aws.budgets.listTagsForResource({ ResourceARN })).ResourceTags);
  },
  'AWS::CloudWatch::Alarm': async ({ aws, id, region }, name) => {
    const ResourceARN = `arn:${partitionOf(region)}:cloudwatch:${region}:${id}:alarm:${name}`;
    return fromList((await aws.cloudWatch.listTagsForResource({ ResourceARN })).Tags);
  },
  'AWS::CloudWatch::Dashboard': async ({ aws, id, region }, name) => {
    const ResourceARN = `arn:${partitionOf(region)}:cloudwatch::${id}:dashboard/${name}`;
    return fromList((await aws.cloudWatch.listTagsForResource({ ResourceARN })).Tags);
  },
  'AWS::Events::Rule': async ({ aws, id, region }, name) => {
    const ResourceARN = `arn:${partitionOf(region)}:events:${region}:${id}:rule/${name}`;
    return fromList((await aws.eventBridge.listTagsForResource({ ResourceARN })).Tags);
  },
  'AWS::IAM::Role': async ({ aws }, RoleName) => fromList((await aws.iam.listRoleTags({ RoleName })).Tags),
  'AWS::IAM::ManagedPolicy': async ({ aws }, PolicyArn) => fromList((await aws.iam.listPolicyTags({ PolicyArn })).Tags),
  'AWS::KMS::Key': async ({ aws }, KeyId) => {
    const { Tags = [] } = await aws.kms.listResourceTags({ KeyId });
    return Object.fromEntries(Tags.map(({ TagKey, TagValue }) => [TagKey, TagValue]));
  },
  'AWS::Lambda::Function': async ({ aws }, FunctionName) => (await aws.lambda.getFunction({ FunctionName })).Tags ?? {},
  'AWS::Logs::LogGroup': async ({ aws, id, region }, name) => {
    const resourceArn = `arn:${partitionOf(region)}:logs:${region}:${id}:log-group:${name}`;
    return (await aws.logs.listTagsForResource({ resourceArn })).tags ?? {};
  },
  'AWS::ResourceGroups::Group': byCloudControl('AWS::ResourceGroups::Group'),
  'AWS::S3::Bucket': async ({ aws }, Bucket) => fromList((await aws.s3.getBucketTagging({ Bucket })).TagSet),
  'AWS::SecretsManager::Secret': async ({ aws }, SecretId) =>
    fromList((await aws.secretsManager.describeSecret({ SecretId })).Tags),
  'AWS::SNS::Topic': async ({ aws }, ResourceArn) =>
    fromList((await aws.sns.listTagsForResource({ ResourceArn })).Tags),
  'AWS::SSM::Parameter': async ({ aws }, ResourceId) =>
    fromList((await aws.ssm.listTagsForResource({ ResourceType: 'Parameter', ResourceId })).TagList),
};

/** Types whose tags can be read. */
export const READABLE_TYPES: readonly string[] = Object.keys(READERS);

/** Tags of a resource, as its own service tells them, without those that AWS itself adds; none when it has none. */
export async function readTags(deployed: Deployed, { type, physicalId }: StackResource): Promise<Tags> {
  const read = READERS[type];
  if (!read) throw new Error(`The tags of ${type} cannot be read: add a reader of its service to resource-tags.ts.`);
  const tags = await read(deployed, physicalId).catch((error: Error): Tags => {
    if (error.name === 'NoSuchTagSet') return {};
    throw new Error(`The tags of ${physicalId} (${type}) could not be read: ${error.message}`, { cause: error });
  });
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith('aws:')));
}

/** Whether CloudFormation puts tags on resources of a type. */
export function isTaggable({ type }: Pick<StackResource, 'type'>): boolean {
  return tagPropertyOf(type) !== undefined;
}
