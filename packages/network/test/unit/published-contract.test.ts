import { Template } from 'aws-cdk-lib/assertions';
import { Port, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { ExistingNetwork, NetworkError, SecurityGroups } from '../../src';

const newStack = () => new Stack(new App(), 'Stack');

/** Name of the SSM parameter in which CloudFormation finds a value. */
const parameterOf = (stack: Stack, value: string) =>
  Template.fromStack(stack).toJSON().Parameters[stack.resolve(value).Ref].Default;

interface Selected {
  readonly 'Fn::Select': readonly [number, { readonly Ref: string }];
}

test('the VPC has two public and two private subnets of the stage', () => {
  const stack = newStack();
  const vpc = ExistingNetwork.fromPublishedContract(stack, 'Vpc', { stage: 'dev' });
  const subnetsOf = (subnetType: SubnetType) => {
    const subnetIds: Selected[] = stack.resolve(vpc.selectSubnets({ subnetType }).subnetIds);
    const { Parameters } = Template.fromStack(stack).toJSON();
    return subnetIds.map(({ 'Fn::Select': [index, { Ref }] }) => [index, Parameters[Ref]]);
  };
  const list = (kind: string) => ({
    Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>',
    Default: `/user-metrics/dev/network/${kind}-subnet-ids`,
  });
  expect(parameterOf(stack, vpc.vpcId)).toBe('/user-metrics/dev/network/vpc-id');
  expect(subnetsOf(SubnetType.PUBLIC)).toEqual([0, 1].map((index) => [index, list('public')]));
  expect(subnetsOf(SubnetType.PRIVATE_WITH_EGRESS)).toEqual([0, 1].map((index) => [index, list('private')]));
});

test('an Availability Zone, which is not published, is an error at synth', () => {
  const stack = newStack();
  const vpc = ExistingNetwork.fromPublishedContract(stack, 'Vpc', { stage: 'dev' });
  new CfnOutput(stack, 'Zone', { value: String(vpc.availabilityZones[0]) });
  expect(() => Template.fromStack(stack)).toThrow(/`availabilityZones` must not be used .*, got: .*name the subnets/);
});

test.each([
  ['loadBalancer', 'load-balancer'],
  ['umami', 'umami'],
  ['openReplay', 'openreplay'],
  ['databaseFunction', 'database-function'],
  ['applicationFunctions', 'application-functions'],
] as const)('%s is the security group of the stage, and takes no rule', (group, name) => {
  const stack = newStack();
  const groups = SecurityGroups.fromPublishedContract(stack, 'Groups', { stage: 'dev' });
  groups[group].connections.allowFromAnyIpv4(Port.HTTPS);
  expect(groups[group]).toBe(groups[group]);
  expect(parameterOf(stack, groups[group].securityGroupId)).toBe(`/user-metrics/dev/network/${name}-security-group-id`);
  // What is not used is not asked for.
  expect(Object.keys(Template.fromStack(stack).toJSON())).toEqual(['Parameters', 'Rules']);
  expect(Template.fromStack(stack).toJSON().Parameters).toHaveProperty('BootstrapVersion');
});

test.each([ExistingNetwork, SecurityGroups])('%o refuses what is no stage', (Importer) => {
  const create = () => Importer.fromPublishedContract(newStack(), 'Imported', { stage: 'dev/network' });
  expect(create).toThrow(NetworkError);
  expect(create).toThrow(/^`stage` must be a stage name/);
});
