import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Lazy } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { DatabaseAccess, type DatabaseAccessMode, type ResourceOwner } from '../../src';
import { newStack, ofType, propertiesOf, resourcesOf } from './template';

const CLUSTER = 'sg-0123456789abcdef0';

function create(mode: DatabaseAccessMode, port = 5432, names = ['Umami', 'DatabaseFunction'], owner?: ResourceOwner) {
  const stack = newStack();
  const group = (id: string, groupId: string) => SecurityGroup.fromSecurityGroupId(stack, id, groupId);
  const access = new DatabaseAccess(stack, 'Access', {
    mode,
    clusterSecurityGroup: group('Cluster', CLUSTER),
    port,
    owner,
    clients: Object.fromEntries(names.map((name, index) => [name, group(name, `sg-0000000000000000${index}`)])),
  });
  return { stack, access };
}

test('rule: adds one inbound rule for each client, each a resource of its own', () => {
  const { stack, access } = create('rule', 6432);
  expect(Object.values(resourcesOf(stack))).toEqual(
    ['Umami', 'DatabaseFunction'].map((name, index) => ({
      Type: 'AWS::EC2::SecurityGroupIngress',
      Properties: {
        GroupId: CLUSTER,
        IpProtocol: 'tcp',
        FromPort: 6432,
        ToPort: 6432,
        SourceSecurityGroupId: `sg-0000000000000000${index}`,
        Description: `${name} of the observability foundation`,
      },
    })),
  );
  expect(access.requiredRules).toEqual([]);
});

test('rule: a client that goes takes away its own rule and no other', () => {
  const before = ofType(create('rule').stack, 'AWS::EC2::SecurityGroupIngress').map(([logicalId]) => logicalId);
  const { stack } = create('rule', 5432, ['DatabaseFunction']);
  expect(ofType(stack, 'AWS::EC2::SecurityGroupIngress').map(([logicalId]) => logicalId)).toEqual([before[1]]);
});

const [first, second] = ['sg-00000000000000000', 'sg-00000000000000001'];

test('print: changes nothing and gives a command for each rule', () => {
  const { stack, access } = create('print', 6432);
  expect(resourcesOf(stack)).toEqual({});
  const command = `aws ec2 authorize-security-group-ingress --group-id ${CLUSTER} --protocol tcp --port 6432 --source-group`;
  expect(access.requiredRules).toEqual([`${command} ${first}`, `${command} ${second}`]);
});

test.each<[ResourceOwner, string]>([
  [
    'sst',
    `new aws.vpc.SecurityGroupIngressRule('DatabaseFunctionToDatabase', { securityGroupId: '${CLUSTER}', referencedSecurityGroupId: '${first}', ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, description: 'DatabaseFunction of the observability foundation' });`,
  ],
  [
    'terraform',
    `resource "aws_vpc_security_group_ingress_rule" "database_function_to_database" {
  security_group_id = "${CLUSTER}"
  referenced_security_group_id = "${first}"
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
  description = "DatabaseFunction of the observability foundation"
}`,
  ],
  [
    'cloudformation',
    `{"Type":"AWS::EC2::SecurityGroupIngress","Properties":{"GroupId":"${CLUSTER}","IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"SourceSecurityGroupId":"${first}","Description":"DatabaseFunction of the observability foundation"}}`,
  ],
])('print: the lines for an owner that is %s', (owner, lines) => {
  expect(create('print', 5432, ['DatabaseFunction'], owner).access.requiredRules).toEqual([lines]);
});

describe('a client by its CIDR blocks', () => {
  const byBlocks = (mode: DatabaseAccessMode, cidrBlocks: string[], owner?: ResourceOwner) => {
    const stack = newStack();
    const clusterSecurityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Cluster', CLUSTER);
    const clients = { Umami: { cidrBlocks } };
    return {
      stack,
      access: new DatabaseAccess(stack, 'Access', { mode, clusterSecurityGroup, port: 5432, owner, clients }),
    };
  };
  const blocks = ['10.50.1.0/26', '10.50.1.64/26'];

  test('rule: one for each block, and none by group', () => {
    expect(Object.values(resourcesOf(byBlocks('rule', blocks).stack)).map(({ Properties }) => Properties)).toEqual(
      blocks.map((CidrIp) => ({
        GroupId: CLUSTER,
        IpProtocol: 'tcp',
        FromPort: 5432,
        ToPort: 5432,
        CidrIp,
        Description: 'Umami of the observability foundation',
      })),
    );
  });

  test('rule: a block that goes takes away its own rule and no other', () => {
    const ids = (...of: string[]) =>
      ofType(byBlocks('rule', of).stack, 'AWS::EC2::SecurityGroupIngress').map(([id]) => id);
    expect(ids('10.50.1.64/26')).toEqual([ids(...blocks)[1]]);
  });

  test('rule: blocks that only the deployment knows', () => {
    const unknown = [Lazy.string({ produce: () => '10.50.1.0/26' })];
    expect(propertiesOf(byBlocks('rule', unknown).stack, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([
      { CidrIp: '10.50.1.0/26' },
    ]);
  });

  test.each<[ResourceOwner, string]>([
    [
      'none',
      `aws ec2 authorize-security-group-ingress --group-id ${CLUSTER} --protocol tcp --port 5432 --cidr 10.50.1.0/26`,
    ],
    [
      'sst',
      `new aws.vpc.SecurityGroupIngressRule('Umami-10.50.1.0-26ToDatabase', { securityGroupId: '${CLUSTER}', cidrIpv4: '10.50.1.0/26', ipProtocol: 'tcp', fromPort: 5432, toPort: 5432, description: 'Umami of the observability foundation' });`,
    ],
    [
      'terraform',
      `resource "aws_vpc_security_group_ingress_rule" "umami_10_50_1_0_26_to_database" {
  security_group_id = "${CLUSTER}"
  cidr_ipv4 = "10.50.1.0/26"
  ip_protocol = "tcp"
  from_port = 5432
  to_port = 5432
  description = "Umami of the observability foundation"
}`,
    ],
    [
      'cloudformation',
      `{"Type":"AWS::EC2::SecurityGroupIngress","Properties":{"GroupId":"${CLUSTER}","IpProtocol":"tcp","FromPort":5432,"ToPort":5432,"CidrIp":"10.50.1.0/26","Description":"Umami of the observability foundation"}}`,
    ],
  ])('print: the lines for an owner that is %s', (owner, lines) => {
    const { stack, access } = byBlocks('print', blocks, owner);
    expect(resourcesOf(stack)).toEqual({});
    expect(access.requiredRules).toHaveLength(2);
    expect(access.requiredRules[0]).toBe(lines);
  });
});

test('present: changes nothing and asks for nothing', () => {
  const { stack, access } = create('present');
  expect(resourcesOf(stack)).toEqual({});
  expect(access.requiredRules).toEqual([]);
});
