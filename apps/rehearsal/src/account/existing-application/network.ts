import type { ResourceType, Tag } from '@aws-sdk/client-ec2';
import type { Stage } from '@user-metrics/foundation';
import type { Aws } from '../aws';
import { blocksOfFoundation, freeBlocks, vpcBlocks } from './blocks';
import { APPLICATION_TAG_LIST } from './tags';

export interface Subnet {
  readonly subnetId: string;
  readonly cidrBlock: string;
  readonly availabilityZone: string;
}

/** The VPC of the application. */
export interface ApplicationNetwork {
  readonly vpcId: string;
  readonly internetGatewayId: string;
  readonly natGatewayId: string;
  readonly publicSubnets: readonly Subnet[];
  readonly privateSubnets: readonly Subnet[];
  /** Subnets that the configuration names by id, because the foundation is to use them: none but in mode `existing`. */
  readonly named: { readonly publicSubnets: readonly Subnet[]; readonly privateSubnets: readonly Subnet[] };
  readonly publicRouteTableId: string;
  readonly privateRouteTableId: string;
  readonly functionSecurityGroupId: string;
  readonly databaseSecurityGroupId: string;
  /** Through which CloudFront reaches a load balancer in this Region. */
  readonly cloudFrontPrefixListId: string;
}

/** A VPC with two public and two private subnets, an internet gateway, a NAT gateway, and the groups around the database. */
export async function createNetwork({ ec2 }: Aws, stage: Stage): Promise<ApplicationNetwork> {
  const [primary = '', ...secondary] = vpcBlocks(stage);
  const zones = zonesOf(stage);
  const vpcId = idOf(
    (await ec2.createVpc({ CidrBlock: primary, TagSpecifications: tagged('vpc', 'shop') })).Vpc?.VpcId,
  );
  for (const CidrBlock of secondary) await ec2.associateVpcCidrBlock({ VpcId: vpcId, CidrBlock });

  const subnet = async (name: string, cidrBlock: string, availabilityZone: string): Promise<Subnet> => {
    const { Subnet } = await ec2.createSubnet({
      VpcId: vpcId,
      CidrBlock: cidrBlock,
      AvailabilityZone: availabilityZone,
      TagSpecifications: tagged('subnet', name),
    });
    return { subnetId: idOf(Subnet?.SubnetId), cidrBlock, availabilityZone };
  };
  const blocks = freeBlocks([primary, ...secondary], blocksOfFoundation(stage), 2 * zones.length);
  const publicSubnets: Subnet[] = [];
  const privateSubnets: Subnet[] = [];
  for (const [index, zone] of zones.entries()) {
    publicSubnets.push(await subnet(`shop Public ${zone}`, blocks[2 * index] ?? '', zone));
    privateSubnets.push(await subnet(`shop Private ${zone}`, blocks[2 * index + 1] ?? '', zone));
  }
  const named = { publicSubnets: [] as Subnet[], privateSubnets: [] as Subnet[] };
  if (stage.network.mode === 'existing') {
    for (const kind of ['publicSubnets', 'privateSubnets'] as const)
      for (const { cidrBlock, availabilityZone } of stage.network[kind])
        named[kind].push(await subnet(`shop tools ${cidrBlock}`, cidrBlock, availabilityZone));
  }

  const internetGatewayId = idOf(
    (await ec2.createInternetGateway({ TagSpecifications: tagged('internet-gateway', 'shop') })).InternetGateway
      ?.InternetGatewayId,
  );
  await ec2.attachInternetGateway({ VpcId: vpcId, InternetGatewayId: internetGatewayId });
  const { AllocationId } = await ec2.allocateAddress({
    Domain: 'vpc',
    TagSpecifications: tagged('elastic-ip', 'shop'),
  });
  const { NatGateway } = await ec2.createNatGateway({
    SubnetId: publicSubnets[0]?.subnetId,
    AllocationId,
    TagSpecifications: tagged('natgateway', 'shop'),
  });
  const natGatewayId = idOf(NatGateway?.NatGatewayId);

  const routeTable = async (name: string, subnets: readonly Subnet[], route: object): Promise<string> => {
    const { RouteTable } = await ec2.createRouteTable({
      VpcId: vpcId,
      TagSpecifications: tagged('route-table', name),
    });
    const id = idOf(RouteTable?.RouteTableId);
    await ec2.createRoute({ RouteTableId: id, DestinationCidrBlock: '0.0.0.0/0', ...route });
    for (const { subnetId } of subnets) await ec2.associateRouteTable({ RouteTableId: id, SubnetId: subnetId });
    return id;
  };
  const publicRouteTableId = await routeTable('shop public', [...publicSubnets, ...named.publicSubnets], {
    GatewayId: internetGatewayId,
  });
  const privateRouteTableId = await routeTable('shop private', [...privateSubnets, ...named.privateSubnets], {
    NatGatewayId: natGatewayId,
  });

  const group = async (name: string): Promise<string> =>
    idOf(
      (
        await ec2.createSecurityGroup({
          VpcId: vpcId,
          GroupName: name,
          Description: name,
          TagSpecifications: tagged('security-group', name),
        })
      ).GroupId,
    );
  const functionSecurityGroupId = await group('shop functions');
  const databaseSecurityGroupId = await group('shop database');
  await ec2.authorizeSecurityGroupIngress({
    GroupId: databaseSecurityGroupId,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432, UserIdGroupPairs: [{ GroupId: functionSecurityGroupId }] },
    ],
  });

  const { PrefixLists: [cloudFront] = [] } = await ec2.describeManagedPrefixLists({
    Filters: [{ Name: 'prefix-list-name', Values: ['com.amazonaws.global.cloudfront.origin-facing'] }],
  });

  return {
    cloudFrontPrefixListId: idOf(cloudFront?.PrefixListId),
    vpcId,
    internetGatewayId,
    natGatewayId,
    publicSubnets,
    privateSubnets,
    named,
    publicRouteTableId,
    privateRouteTableId,
    functionSecurityGroupId,
    databaseSecurityGroupId,
  };
}

function zonesOf({ network }: Stage): readonly string[] {
  if (network.mode !== 'existing') return network.availabilityZones;
  return [...new Set(network.privateSubnets.map(({ availabilityZone }) => availabilityZone))];
}

function tagged(ResourceType: ResourceType, name: string): { ResourceType: ResourceType; Tags: Tag[] }[] {
  return [{ ResourceType, Tags: [{ Key: 'Name', Value: name }, ...APPLICATION_TAG_LIST] }];
}

/** What a creation always gives, though the SDK's types leave it open. */
export function idOf(id: string | undefined): string {
  if (id === undefined) throw new Error('The service gave no id for what it created.');
  return id;
}
