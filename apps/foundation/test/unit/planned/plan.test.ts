import { describe, expect, test } from 'vitest';
import type { ChosenStage } from '../../../src/commands/assembly/synthesise';
import { existingChanges } from '../../../src/commands/planned/existing-resources';
import { personsWork } from '../../../src/commands/planned/persons-work';
import { planInWords } from '../../../src/commands/planned/plan';

const template = (Type: string, Properties: object) => ({
  Resources: { One: { Type, Properties: { ...Properties } } },
});
const textsOf = (before: object, after: object) => existingChanges('Stack', before, after).map(({ text }) => text);

test.each<[string, object, string]>([
  [
    'AWS::EC2::SecurityGroupIngress',
    { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, Description: 'Umami' },
    'Security group sg-1 gets inbound rule tcp 5432 (Umami).',
  ],
  [
    'AWS::EC2::SecurityGroupEgress',
    { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 1, ToPort: 2, CidrIp: '10.0.0.0/8', Description: 'x' },
    'Security group sg-1 gets outbound rule tcp 1-2 10.0.0.0/8 (x).',
  ],
  [
    'AWS::EC2::Route',
    { RouteTableId: 'rtb-1', DestinationCidrBlock: '10.41.0.0/24' },
    'Route table rtb-1 gets route to 10.41.0.0/24.',
  ],
  ['AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/27' }, 'VPC vpc-1 gets subnet 10.0.0.0/27.'],
  ['AWS::EC2::VPCPeeringConnection', { PeerVpcId: 'vpc-1' }, 'VPC vpc-1 gets VPC peering connection.'],
  ['AWS::IAM::Policy', { Roles: [{ Ref: 'Ours' }, 'shop'], PolicyName: 'p' }, 'IAM role shop gets inline policy p.'],
  [
    'Custom::UmamiDatabase',
    { Database: 'shop' },
    'PostgreSQL database shop gets schema umami and database role umami_user.',
  ],
])('%s that names a resource by its id changes that resource', (type, properties, says) => {
  const deployed = template(type, properties);
  expect(textsOf({}, deployed)).toEqual([says]);
  expect(textsOf(deployed, {})).toEqual([says.replace(' gets ', ' loses ')]);
  expect(textsOf(template(type, { ...properties, More: 1 }), deployed)).toEqual([
    says.replace(' gets ', ' has a changed '),
  ]);
  expect(textsOf(deployed, deployed)).toEqual([]);
});

test.each<[string, object]>([
  ['a resource of a stack', template('AWS::EC2::Route', { RouteTableId: { Ref: 'Table' } })],
  ['nothing that exists', template('AWS::EC2::SecurityGroup', { VpcId: 'vpc-1' })],
])('what changes %s is not told', (_, after) => {
  expect(textsOf({}, after)).toEqual([]);
});

describe('what only a person can do', () => {
  const subscribed = (Endpoint: string) => template('AWS::SNS::Subscription', { Protocol: 'email', Endpoint });
  const lines = { Outputs: { DatabaseAccessToAdd: { Value: 'resource …' } } };
  test.each<[string, string, object, object, string[]]>([
    [
      'a new address',
      'UserMetrics-Alerts',
      {},
      subscribed('a@example.com'),
      ['Confirm the subscription within three days, from the message of AWS Notifications: a@example.com.'],
    ],
    [
      'an address that is subscribed',
      'UserMetrics-Alerts',
      subscribed('a@example.com'),
      subscribed('a@example.com'),
      [],
    ],
    [
      'lines for Terraform',
      'Net',
      {},
      lines,
      [
        'Add the lines of output DatabaseAccessToAdd of Net to the tool that owns the database: deploy prints them at its end.',
      ],
    ],
    ['lines that were printed before', 'Net', lines, lines, []],
    [
      'the first cost stack',
      'UserMetrics-Cost',
      {},
      template('AWS::X', {}),
      [
        'In a member account of an organisation: activate the cost allocation tags in the payer account; npx projen tag-compliance prints the steps.',
      ],
    ],
  ])('%s', (_, name, before, after, says) => {
    expect(personsWork([{ name, before, after }])).toEqual(says);
  });
});

test.each([
  [
    'within',
    100,
    [
      'No existing resource outside of these stacks changes.',
      'Account 1 costs about $40.00 a month now and $100.00 afterwards; the limit is $150.',
      '',
    ],
  ],
  [
    'over',
    151,
    [
      'No existing resource outside of these stacks changes.',
      'Account 1 costs about $40.00 a month now and $151.00 afterwards; the limit is $150. That is more than the limit: raise cost.limit, or see estimate.',
      '',
    ],
  ],
])('the price %s the limit', (_, afterwards, says) => {
  const plan = { existingResources: [], price: { now: 40, afterwards, limit: 150 }, persons: [] };
  expect(planInWords({ account: '1', region: 'us-east-1' } as ChosenStage, plan)).toEqual(says);
});
