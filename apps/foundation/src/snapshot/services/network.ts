import {
  type NetworkAclEntry,
  paginateDescribeInternetGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type Route,
} from '@aws-sdk/client-ec2';
import { byId, listed, type Reading, type Service } from '../kind';

/** Most that EC2 gives in one page of each of these. */
const pageSize = 100;

const vpcs = listed({
  name: 'VPC',
  type: 'AWS::EC2::VPC',
  pages: ({ aws: { ec2: client } }) => paginateDescribeVpcs({ client, pageSize }, {}),
  items: ({ Vpcs }) => Vpcs,
  id: ({ VpcId }) => VpcId,
  properties: ({ CidrBlockAssociationSet, ...vpc }) => ({
    ...vpc,
    cidrBlocks: byId(CidrBlockAssociationSet, ({ AssociationId, CidrBlock = '' }) => [AssociationId, CidrBlock]),
  }),
});

const subnets = listed({
  name: 'subnet',
  type: 'AWS::EC2::Subnet',
  pages: ({ aws: { ec2: client } }) => paginateDescribeSubnets({ client, pageSize }, {}),
  items: ({ Subnets }) => Subnets,
  id: ({ SubnetId }) => SubnetId,
});

const routeTables = listed({
  name: 'route table',
  type: 'AWS::EC2::RouteTable',
  pages: ({ aws: { ec2: client } }) => paginateDescribeRouteTables({ client, pageSize }, {}),
  items: ({ RouteTables }) => RouteTables,
  id: ({ RouteTableId }) => RouteTableId,
  properties: ({ Routes, Associations = [], ...table }, reading) => ({
    ...table,
    routes: byId(Routes, (route) => [destinationOf(route), targetOf(route)]),
    associations: subnetsOfOthers(reading, Associations),
  }),
});

const networkAcls = listed({
  name: 'network ACL',
  type: 'AWS::EC2::NetworkAcl',
  pages: ({ aws: { ec2: client } }) => paginateDescribeNetworkAcls({ client, pageSize }, {}),
  items: ({ NetworkAcls }) => NetworkAcls,
  id: ({ NetworkAclId }) => NetworkAclId,
  properties: ({ Entries = [], Associations = [], ...acl }, reading) => ({
    ...acl,
    inbound: entries(Entries.filter(({ Egress }) => !Egress)),
    outbound: entries(Entries.filter(({ Egress }) => Egress)),
    associations: subnetsOfOthers(reading, Associations),
  }),
});

const internetGateways = listed({
  name: 'internet gateway',
  type: 'AWS::EC2::InternetGateway',
  pages: ({ aws: { ec2: client } }) => paginateDescribeInternetGateways({ client, pageSize }, {}),
  items: ({ InternetGateways }) => InternetGateways,
  id: ({ InternetGatewayId }) => InternetGatewayId,
});

export const network: Service = {
  name: 'network',
  kinds: [vpcs, subnets, routeTables, networkAcls, internetGateways],
};

/** A new subnet of the stacks gets the default network ACL of the VPC. */
function subnetsOfOthers<T extends { readonly SubnetId?: string | undefined }>(
  { managed }: Reading,
  all: readonly T[],
) {
  return all.filter(({ SubnetId }) => !managed.has('AWS::EC2::Subnet', SubnetId));
}

function destinationOf({ DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId }: Route) {
  return DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? DestinationPrefixListId;
}

function targetOf({ State, Origin, ...route }: Route): string {
  const [, target = 'nothing'] =
    Object.entries(route).find(([name]) => /(Id|Arn)$/.test(name) && !/^(Dest|InstanceO)/.test(name)) ?? [];
  return State === 'blackhole' ? `${target} (blackhole)` : String(target);
}

function entries(of: readonly NetworkAclEntry[]) {
  return byId(of, ({ RuleNumber, RuleAction, Protocol, PortRange, CidrBlock, Ipv6CidrBlock }) => {
    const ports = PortRange ? ` ${PortRange.From}-${PortRange.To}` : '';
    return [String(RuleNumber), `${RuleAction} protocol ${Protocol}${ports} ${CidrBlock ?? Ipv6CidrBlock}`];
  });
}
