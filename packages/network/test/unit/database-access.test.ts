import { SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { expect, test } from 'vitest';
import { DatabaseAccess, type DatabaseAccessMode } from '../../src';
import { newStack, ofType, resourcesOf } from './template';

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

test('print: changes nothing and lists the rules for the owner of the security group', () => {
  const { stack, access } = create('print', 6432);
  expect(resourcesOf(stack)).toEqual({});
  expect(access.requiredRules).toEqual([
    `inbound tcp 6432 from Umami into ${CLUSTER}`,
    `inbound tcp 6432 from DatabaseFunction into ${CLUSTER}`,
  ]);
});

test('present: changes nothing and asks for nothing', () => {
  const { stack, access } = create('present');
  expect(resourcesOf(stack)).toEqual({});
  expect(access.requiredRules).toEqual([]);
});
