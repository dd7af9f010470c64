import { listOf, objectWith, type Rule, removed, text } from '@user-metrics/tagging/props';

/** Id of a resource of EC2, such as `vpc-0123456789abcdef0`. */
export function ec2Id(prefix: string, command: string): Rule {
  return text(
    `an id such as ${prefix}-0123456789abcdef0`,
    `Find it with: aws ec2 ${command}`,
    new RegExp(`^${prefix}-\\w+$`),
  );
}

export const CIDR_BLOCK = text('an IPv4 CIDR block', 'Give for example 10.40.250.0/24.');
export const CIDR_BLOCKS = listOf({
  ...CIDR_BLOCK,
  must: 'a list of IPv4 CIDR blocks',
  fix: "Give for example ['10.40.0.0/16'].",
});
export const AVAILABILITY_ZONES = listOf(
  text('two different Availability Zones', 'Name two of the Region, such as us-east-1a and us-east-1b.', () => true),
);
export const VPC = objectWith(
  'vpcId',
  'a VPC',
  'Give a Vpc, or one that exists: Vpc.fromVpcAttributes(this, …, { vpcId, availabilityZones }).',
);
export const SECURITY_GROUP = objectWith(
  'securityGroupId',
  'a security group',
  'Give SecurityGroup.fromSecurityGroupId(…).',
);
export const NAT = objectWith('_route', 'made by the class Nat', 'Give for example Nat.singleGateway().');
/** The prop said in which language the required rules and routes were written. */
export const REMOVED_OWNER = removed(
  'It was removed: write `requiredRules` and `requiredRoutes`, which are objects, in the language of your tool.',
);
/** The id of a VPC was a text; `prop` takes the VPC. */
export const replacedVpcId = (prop: string) =>
  removed(`Give \`${prop}\`: a Vpc, or Vpc.fromVpcAttributes(this, …, { vpcId, availabilityZones }).`);
