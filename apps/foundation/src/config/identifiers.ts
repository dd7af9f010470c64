import { pattern, text } from './expectations';

function awsId(what: string, prefix: string, command: string) {
  const example = `${prefix}-0123456789abcdef0`;
  return pattern(
    `must be the id of ${what} such as ${example}`,
    `Find it with: ${command}`,
    new RegExp(`^${prefix}-[0-9a-f]{8,17}$`),
  );
}

export const accountId = pattern(
  'must be an AWS account id: 12 digits, in quotes',
  'Find it with: aws sts get-caller-identity',
  /^\d{12}$/,
);
export const regionName = pattern(
  'must be an AWS Region such as us-east-1',
  'List them with: aws ec2 describe-regions',
  /^[a-z]{2}(-[a-z]+)+-\d$/,
);
export const availabilityZone = pattern(
  'must be an Availability Zone such as us-east-1a',
  'List them with: aws ec2 describe-availability-zones',
  /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/,
);
export const vpcId = awsId('a VPC', 'vpc', 'aws ec2 describe-vpcs');
export const subnetId = awsId('a subnet', 'subnet', 'aws ec2 describe-subnets');
export const routeTableId = awsId('a route table', 'rtb', 'aws ec2 describe-route-tables');
export const internetGatewayId = awsId('an internet gateway', 'igw', 'aws ec2 describe-internet-gateways');
export const natGatewayId = awsId('a NAT gateway', 'nat', 'aws ec2 describe-nat-gateways');
export const securityGroupId = awsId('a security group', 'sg', 'aws ec2 describe-security-groups');
export const prefixListId = awsId('a managed prefix list', 'pl', 'aws ec2 describe-managed-prefix-lists');

export const email = pattern(
  'must be an e-mail address',
  'Give an address that somebody reads, such as platform@example.com',
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
);

/** An identifier of PostgreSQL that never needs quotes. */
export function postgresName(what: string, longest: number, reserved: readonly string[]) {
  return text(
    `must be the name of a ${what}: lower-case letters, digits and _, starting with a letter, at most ${longest} characters, not ${reserved.join(', ')} or pg_…`,
    'Choose a name that nothing in the database has yet',
    (name) =>
      new RegExp(`^[a-z][a-z0-9_]{0,${longest - 1}}$`).test(name) &&
      !reserved.includes(name) &&
      !name.startsWith('pg_'),
  );
}
