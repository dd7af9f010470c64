import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Lazy } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { DatabaseAccess, type DatabaseAccessMode } from '../../src';
import { newStack, ofType, propertiesOf, resourcesOf } from './template';

const CLUSTER = 'sg-0123456789abcdef0';

function create(mode: DatabaseAccessMode, port = 5432, names = ['Umami', 'DatabaseFunction']) {
  const stack = newStack();
  const group = (id: string, groupId: string) => SecurityGroup.fromSecurityGroupId(stack, id, groupId);
  const access = new DatabaseAccess(stack, 'Access', {
    mode,
    clusterSecurityGroup: group('Cluster', CLUSTER),
    port,
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

test('print: changes nothing and lists each rule', () => {
  const { stack, access } = create('print', 6432);
  expect(resourcesOf(stack)).toEqual({});
  expect(access.requiredRules).toEqual(
    ['Umami', 'DatabaseFunction'].map((name, index) => ({
      id: name,
      groupId: CLUSTER,
      port: 6432,
      sourceSecurityGroupId: `sg-0000000000000000${index}`,
      description: `${name} of the observability foundation`,
    })),
  );
});

describe('a client by its CIDR blocks', () => {
  const byBlocks = (mode: DatabaseAccessMode, cidrBlocks: string[]) => {
    const stack = newStack();
    const clusterSecurityGroup = SecurityGroup.fromSecurityGroupId(stack, 'Cluster', CLUSTER);
    const clients = { Umami: { cidrBlocks } };
    return {
      stack,
      access: new DatabaseAccess(stack, 'Access', { mode, clusterSecurityGroup, port: 5432, clients }),
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

  test('print: lists one for each block', () => {
    const { stack, access } = byBlocks('print', blocks);
    expect(resourcesOf(stack)).toEqual({});
    expect(access.requiredRules).toEqual(
      blocks.map((cidrIp) => ({
        id: `Umami-${cidrIp.replace('/', '-')}`,
        groupId: CLUSTER,
        port: 5432,
        cidrIp,
        description: 'Umami of the observability foundation',
      })),
    );
  });
});

test('present: changes nothing and asks for nothing', () => {
  const { stack, access } = create('present');
  expect(resourcesOf(stack)).toEqual({});
  expect(access.requiredRules).toEqual([]);
});
