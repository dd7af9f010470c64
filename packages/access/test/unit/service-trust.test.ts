import { Role } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';
import { ecsTaskTrust, serviceTrust } from '../../src';
import { ENV, newStack, resourcesOf } from './template';

function trust(create: (stack: ReturnType<typeof newStack>) => ReturnType<typeof ecsTaskTrust>, env?: typeof ENV) {
  const stack = newStack(env);
  new Role(stack, 'Role', { assumedBy: create(stack) });
  return resourcesOf(stack).map(({ Properties }) => Properties.AssumeRolePolicyDocument?.Statement);
}

describe('serviceTrust', () => {
  test('lets a service in for the resources of this account and Region alone', () => {
    const resources = { service: 'grafana', pattern: '/workspaces/*' };
    expect(trust((stack) => serviceTrust(stack, 'grafana.amazonaws.com', resources), ENV)).toEqual([
      [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'grafana.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111111111111' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:grafana:us-east-1:111111111111:/workspaces/*' },
          },
        },
      ],
    ]);
  });

  test('follows the partition of the Region', () => {
    const env = { account: '111111111111', region: 'cn-north-1' };
    expect(trust(ecsTaskTrust, env)[0]?.[0]?.Condition?.['ArnLike']).toEqual({
      'aws:SourceArn': 'arn:aws-cn:ecs:cn-north-1:111111111111:*',
    });
  });

  test('leaves account and Region to the deployment when synth does not know them', () => {
    expect(trust(ecsTaskTrust)[0]?.[0]?.Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' },
      ArnLike: { 'aws:SourceArn': 'arn:<AWS::Partition>:ecs:<AWS::Region>:<AWS::AccountId>:*' },
    });
  });
});

test('ecsTaskTrust lets in tasks of any cluster of this account and Region', () => {
  expect(trust(ecsTaskTrust, ENV)).toEqual([
    [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111111111111' },
          ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:us-east-1:111111111111:*' },
        },
      },
    ],
  ]);
});
