import { existsSync } from 'node:fs';
import { Match } from 'aws-cdk-lib/assertions';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import { describe, expect, test } from 'vitest';
import { ASSET } from '../../support/bare-function';
import { deploy } from './stack';

describe('the function', () => {
  test('is the bundle, on Node.js 24 and ARM, in the private subnets, and is told nothing by its environment', () => {
    const { Properties } = deploy().provisioningFunction();

    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 256,
      Description: 'Sets up schema umami of Umami',
    });
    expect(Properties['VpcConfig']).toEqual({ SecurityGroupIds: ['sg-1'], SubnetIds: ['subnet-1', 'subnet-2'] });
    expect(Properties).not.toHaveProperty('Environment');
    expect(existsSync(`${ASSET}/index.js`)).toBe(true);
  });

  test('ends before CloudFormation gives up, so that its reason is heard', () => {
    const deployment = deploy();

    expect(deployment.provisioningFunction().Properties['Timeout']).toBe(280);
    deployment.template().hasResourceProperties('Custom::UmamiDatabase', { ServiceTimeout: '300' });
  });

  test('runs in the subnets that are given, and says which schema it is for', () => {
    const { Properties } = deploy(() => ({
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      schemaName: 'metrics',
    })).provisioningFunction();

    expect(Properties['Description']).toBe('Sets up schema metrics of Umami');
    expect(Properties['VpcConfig']).toEqual({ SecurityGroupIds: ['sg-1'], SubnetIds: ['subnet-8', 'subnet-9'] });
  });

  test('is in the VPC with the one that verifies: the provider calls it from outside', () => {
    const template = deploy().template();

    template.resourceCountIs('AWS::Lambda::Function', 3);
    template.resourcePropertiesCountIs('AWS::Lambda::Function', { VpcConfig: Match.anyValue() }, 2);
  });
});

describe('the logs', () => {
  test('of all functions are kept a month, and go with the stack', () => {
    const template = deploy().template();

    template.resourceCountIs('AWS::Logs::LogGroup', 3);
    template.allResources('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
    const groups = Object.keys(template.findResources('AWS::Logs::LogGroup'));
    const used = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.LoggingConfig.LogGroup.Ref,
    );
    expect(used.sort()).toEqual(groups.sort());
  });
});
