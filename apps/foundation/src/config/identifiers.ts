import { RegionInfo } from 'aws-cdk-lib/region-info';
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';
import { expectation, pattern, text } from './expectations';

function awsId(what: string, prefix: string, command: string) {
  const example = `${prefix}-0123456789abcdef0`;
  return pattern(
    `must be the id of ${what} such as ${example}`,
    `Find it with: ${command}`,
    new RegExp(`^${prefix}-[0-9a-f]{8,17}$`),
  );
}

const accountIdError = ({ input }: { readonly input?: unknown }) =>
  expectation('must be an AWS account id: 12 digits, in quotes', howToWriteId(input));

export const accountId = z.string({ error: accountIdError }).regex(/^\d{12}$/, { error: accountIdError });

/** What JavaScript makes of an id without quotes: `012…` is octal or loses its 0. */
function howToWriteId(input: unknown): string {
  const digits = String(input);
  if (typeof input === 'number' && digits.length === 12) return `Put it in quotes: '${digits}'`;
  if (/^\d{1,11}$/.test(digits))
    return "Write all 12 digits in quotes, such as '012345678901': without quotes JavaScript changes a number that starts with 0";
  return 'Find it with: aws sts get-caller-identity';
}

const REGIONS = RegionInfo.regions.map(({ name }) => name);

const regionError = ({ input }: { readonly input?: unknown }) => {
  const name = String(input).toLowerCase();
  const nearest = closest(name, REGIONS);
  const isTypo = distance(name, nearest) <= 2;
  return expectation(
    'must be an AWS Region such as us-east-1',
    isTypo ? `Did you mean ${nearest}?` : 'List them with: aws ec2 describe-regions --all-regions',
  );
};

/** Whether a value that may be wrong is a Region that the CDK knows. */
export const isRegion = (value: unknown): value is string => REGIONS.includes(String(value));

export const regionName = z.string({ error: regionError }).refine(isRegion, {
  error: regionError,
});
export const availabilityZone = pattern(
  'must be an Availability Zone such as us-east-1a',
  'List them with: aws ec2 describe-availability-zones',
  /^[a-z]{2,4}(-[a-z]+)+-\d[a-z]$/,
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
