import type { Template, TemplateResource } from '../../account/template';
import type { ExistingChange } from './plan-schema';

type Properties = NonNullable<TemplateResource['Properties']>;

/** A type whose resources change another one, and the property that names that one. */
interface Attached {
  readonly property: string;
  readonly kind: string;
  readonly what: (properties: Properties) => string;
}

const rule = (direction: string) => (properties: Properties) => {
  const { IpProtocol, FromPort, ToPort, CidrIp, Description } = properties;
  const ports = FromPort === ToPort ? FromPort : `${FromPort}-${ToPort}`;
  const source = CidrIp === undefined ? '' : ` ${CidrIp}`;
  return `${direction} rule ${IpProtocol} ${ports}${source} (${Description ?? 'without a description'})`;
};

/** By type. What is absent here, such as a security group in a VPC, changes nothing that exists. */
const ATTACHED: { readonly [type: string]: Attached } = {
  'AWS::EC2::SecurityGroupIngress': { property: 'GroupId', kind: 'security group', what: rule('inbound') },
  'AWS::EC2::SecurityGroupEgress': { property: 'GroupId', kind: 'security group', what: rule('outbound') },
  'AWS::EC2::Route': {
    property: 'RouteTableId',
    kind: 'route table',
    what: ({ DestinationCidrBlock }) => `route to ${DestinationCidrBlock}`,
  },
  'AWS::EC2::Subnet': { property: 'VpcId', kind: 'VPC', what: ({ CidrBlock }) => `subnet ${CidrBlock}` },
  'AWS::EC2::VPCCidrBlock': { property: 'VpcId', kind: 'VPC', what: ({ CidrBlock }) => `CIDR block ${CidrBlock}` },
  'AWS::EC2::VPCEndpoint': { property: 'VpcId', kind: 'VPC', what: () => 'VPC endpoint' },
  'AWS::EC2::VPCPeeringConnection': { property: 'PeerVpcId', kind: 'VPC', what: () => 'VPC peering connection' },
  'AWS::EC2::SubnetRouteTableAssociation': { property: 'SubnetId', kind: 'subnet', what: () => 'route table' },
  'AWS::IAM::Policy': { property: 'Roles', kind: 'IAM role', what: ({ PolicyName }) => `inline policy ${PolicyName}` },
  'AWS::IAM::ManagedPolicy': { property: 'Roles', kind: 'IAM role', what: () => 'attached policy' },
  'AWS::Lambda::Permission': { property: 'FunctionName', kind: 'function', what: () => 'permission to invoke it' },
  'AWS::Logs::SubscriptionFilter': { property: 'LogGroupName', kind: 'log group', what: () => 'subscription filter' },
  'AWS::S3::BucketPolicy': { property: 'Bucket', kind: 'bucket', what: () => 'bucket policy' },
  'AWS::SNS::Subscription': { property: 'TopicArn', kind: 'topic', what: () => 'subscription' },
  'Custom::UmamiDatabase': {
    property: 'Database',
    kind: 'PostgreSQL database',
    what: ({ Schema, DatabaseRole }) => `schema ${Schema ?? 'umami'} and database role ${DatabaseRole ?? 'umami_user'}`,
  },
};

const VERBS = { added: 'gets', removed: 'loses', changed: 'has a changed' } as const;

/**
 * What a deployment changes of resources that the stacks do not manage: such a resource is in the template by its id, and not as a
 * reference to a resource of a stack.
 *
 * @param before the template that is deployed; empty for none
 */
export function existingChanges(stack: string, before: Template, after: Template): ExistingChange[] {
  const [one, other] = [before.Resources ?? {}, after.Resources ?? {}];
  const ids = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return ids.flatMap((logicalId) => {
    const [was, will] = [one[logicalId], other[logicalId]];
    if (JSON.stringify(was) === JSON.stringify(will)) return [];
    const resource = (will ?? was) as TemplateResource;
    const change = was === undefined ? 'added' : will === undefined ? 'removed' : 'changed';
    return targetsOf(resource).map(({ kind, id, what }) => {
      const text = `${kind[0]?.toUpperCase()}${kind.slice(1)} ${id} ${VERBS[change]} ${what}.`;
      return { stack, kind, id, change, what, text };
    });
  });
}

function targetsOf({ Type, Properties = {} }: TemplateResource): { kind: string; id: string; what: string }[] {
  const attached = ATTACHED[Type];
  if (!attached) return [];
  const { property, kind, what } = attached;
  return [Properties[property]]
    .flat()
    .filter((id) => typeof id === 'string')
    .map((id) => ({ kind, id, what: what(Properties) }));
}
