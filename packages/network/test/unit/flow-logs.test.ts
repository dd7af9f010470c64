import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { NETWORKS } from './networks';
import { ofType, propertiesOf, resourcesOf, tagOf, target } from './template';

describe.each(NETWORKS)('flow logs of a network %s', (_, create) => {
  test('are off unless they are asked for', () => {
    const { stack } = create();
    expect(ofType(stack, 'AWS::EC2::FlowLog')).toEqual([]);
    expect(ofType(stack, 'AWS::Logs::LogGroup')).toEqual([]);
  });

  const { stack } = create({ flowLogs: true });

  test('are of the four subnets, and of no VPC that others are in', () => {
    const logs = propertiesOf(stack, 'AWS::EC2::FlowLog');
    expect(logs.map(({ ResourceType, ResourceId }) => [ResourceType, target(ResourceId)])).toEqual(
      ofType(stack, 'AWS::EC2::Subnet').map(([logicalId]) => ['Subnet', logicalId]),
    );
  });

  test('cost little: rejected traffic, once in ten minutes, for a week', () => {
    for (const { TrafficType, MaxAggregationInterval } of propertiesOf(stack, 'AWS::EC2::FlowLog')) {
      expect([TrafficType, MaxAggregationInterval]).toEqual(['REJECT', 600]);
    }
    Template.fromStack(stack).hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 7 },
      DeletionPolicy: 'Delete',
    });
  });

  test('go to that log group, by that IAM role', () => {
    const [[logGroup] = []] = ofType(stack, 'AWS::Logs::LogGroup');
    const [role] = Object.entries(resourcesOf(stack)).filter(([id]) => id.includes('FlowLogsIamRole'));
    for (const { LogGroupName, DeliverLogsPermissionArn } of propertiesOf(stack, 'AWS::EC2::FlowLog')) {
      expect([target(LogGroupName), target(DeliverLogsPermissionArn)]).toEqual([logGroup, role?.[0]]);
    }
  });

  test('say that they are logs', () => {
    const [logGroup = {}] = propertiesOf(stack, 'AWS::Logs::LogGroup');
    expect(['Function', 'DataType'].map((key) => tagOf(logGroup, key))).toEqual(['Logging', 'Logs']);
  });
});
