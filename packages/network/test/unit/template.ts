import { Template } from 'aws-cdk-lib/assertions';
import { type ISubnet, type IVpc, Subnet, Vpc } from 'aws-cdk-lib/aws-ec2';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';

/** Properties of a resource in a template. */
export type Properties = { readonly [name: string]: unknown };

/** A resource in a template. */
export type Resource = { readonly Type: string; readonly Properties: Properties; readonly DependsOn?: string[] };

export const ZONES = ['us-east-1a', 'us-east-1b'];

export const VPC_ID = 'vpc-0123456789abcdef0';

/** A VPC that exists. */
export function vpcIn(stack: Stack, vpcId = VPC_ID): IVpc {
  return Vpc.fromVpcAttributes(stack, `Imported-${vpcId}`, { vpcId, availabilityZones: ZONES });
}

/** Props of a network inside a foreign VPC that are in order, but for the VPC. */
export const INSIDE = {
  vpcCidrBlocks: ['10.40.0.0/16'],
  block: '10.40.250.0/24',
  availabilityZones: ZONES,
  internetGatewayId: 'igw-0123456789abcdef0',
};

/** Subnets that exist and have the usual shape. */
export const EXISTING = {
  publicSubnets: [
    { subnetId: 'subnet-0a', cidrBlock: '10.40.250.0/27', availabilityZone: 'us-east-1a' },
    { subnetId: 'subnet-0b', cidrBlock: '10.40.250.32/27', availabilityZone: 'us-east-1b' },
  ],
  privateSubnets: [
    { subnetId: 'subnet-0c', cidrBlock: '10.40.250.64/26', availabilityZone: 'us-east-1a' },
    { subnetId: 'subnet-0d', cidrBlock: '10.40.250.128/26', availabilityZone: 'us-east-1b' },
  ],
};

/** Props of a network of subnets that exist. */
export function existing(stack: Stack, { publicSubnets, privateSubnets } = EXISTING) {
  const subnetsOf = (subnets: typeof publicSubnets): ISubnet[] =>
    subnets.map(({ subnetId, cidrBlock: ipv4CidrBlock, availabilityZone }) =>
      Subnet.fromSubnetAttributes(stack, subnetId, { subnetId, ipv4CidrBlock, availabilityZone }),
    );
  return { vpc: vpcIn(stack), publicSubnets: subnetsOf(publicSubnets), privateSubnets: subnetsOf(privateSubnets) };
}

/** @param context feature flags. @default - all that aws-cdk-lib recommends, as the foundation does */
export function newStack(context: { [flag: string]: unknown } = recommendedFlags): Stack {
  return new Stack(new App({ context }), 'Stack', {
    env: { account: '111111111111', region: 'us-east-1' },
  });
}

/** All resources of a stack by logical id. */
export function resourcesOf(stack: Stack): { readonly [logicalId: string]: Resource } {
  return Template.fromStack(stack).toJSON().Resources ?? {};
}

/** The resources of a type by logical id. */
export function ofType(stack: Stack, type: string): [string, Resource][] {
  return Object.entries(resourcesOf(stack)).filter(([, { Type }]) => Type === type);
}

/** The properties of the resources of a type. */
export function propertiesOf(stack: Stack, type: string): Properties[] {
  return ofType(stack, type).map(([, { Properties }]) => Properties);
}

/** The value of a tag of a resource. */
export function tagOf({ Tags = [] }: { Tags?: unknown }, key: string): string | undefined {
  return (Tags as { Key: string; Value: string }[]).find(({ Key }) => Key === key)?.Value;
}

/** The logical id that a value refers to, by Ref or by Fn::GetAtt; any other value as it is. */
export function target(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute } = value as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0] ?? JSON.stringify(value);
}
