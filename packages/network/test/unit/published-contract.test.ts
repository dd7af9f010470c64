import { Template } from 'aws-cdk-lib/assertions';
import { Port, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { App, CfnOutput, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { ExistingNetwork, NetworkError, SecurityGroups } from '../../src';

const newStack = () => new Stack(new App(), 'Stack');

/** Name of the SSM parameter in which CloudFormation finds a value. */
function parameterOf(stack: Stack, value: string) {
  const { Ref } = stack.resolve(value);
  return Template.fromStack(stack).toJSON().Parameters[Ref].Default;
}

interface Selected {
  readonly 'Fn::Select': readonly [number, { readonly Ref: string }];
}

test('the VPC has two public and two private subnets of the stage', () => {
  const stack = newStack();
  const vpc = ExistingNetwork.fromPublishedContract(stack, 'Vpc', { stage: 'dev' });
  const [ofPublic, ofPrivate] = [SubnetType.PUBLIC, SubnetType.PRIVATE_WITH_EGRESS].map((subnetType): Selected[] =>
    stack.resolve(vpc.selectSubnets({ subnetType }).subnetIds),
  );
  const vpcParameter = parameterOf(stack, vpc.vpcId);
  const { Parameters } = Template.fromStack(stack).toJSON();
  const selected = (subnets: readonly Selected[] = []) =>
    subnets.map(({ 'Fn::Select': [index, { Ref }] }) => [index, Parameters[Ref]]);
  const list = (kind: string) => ({
    Type: 'AWS::SSM::Parameter::Value<List<AWS::EC2::Subnet::Id>>',
    Default: `/user-metrics/dev/network/${kind}-subnet-ids`,
  });
  expect(vpcParameter).toBe('/user-metrics/dev/network/vpc-id');
  expect(selected(ofPublic)).toEqual([0, 1].map((index) => [index, list('public')]));
  expect(selected(ofPrivate)).toEqual([0, 1].map((index) => [index, list('private')]));
});

test('of the VPC only what a template uses becomes a parameter', () => {
  const stack = newStack();
  const vpc = ExistingNetwork.fromPublishedContract(stack, 'Vpc', { stage: 'dev' });
  new CfnOutput(stack, 'Subnet', { value: String(vpc.privateSubnets[1]?.subnetId) });
  const { BootstrapVersion, ...parameters } = Template.fromStack(stack).toJSON().Parameters;
  expect(Object.values(parameters)).toMatchObject([{ Default: '/user-metrics/dev/network/private-subnet-ids' }]);
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
