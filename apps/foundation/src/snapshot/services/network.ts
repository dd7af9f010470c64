import {
  type NetworkAclEntry,
  paginateDescribeInternetGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSubnets,
  paginateDescribeVpcs,
  type Route,
} from '@aws-sdk/client-ec2';
import { all } from '../../account/pages';
import { byId, type Kind, type Reading, type Service } from '../kind';

/** Most that EC2 gives in one page of each of these. */
const pageSize = 100;

const vpcs: Kind = {
  name: 'VPC',
  type: 'AWS::EC2::VPC',
  read: async ({ aws: { ec2: client } }) =>
    (await all(paginateDescribeVpcs({ client, pageSize }, {}), ({ Vpcs }) => Vpcs)).map(
      ({ CidrBlockAssociationSet, ...vpc }) => ({
        id: String(vpc.VpcId),
        properties: {
          ...vpc,
          cidrBlocks: byId(CidrBlockAssociationSet, ({ AssociationId, CidrBlock = '' }) => [AssociationId, CidrBlock]),
        },
      }),
    ),
};

const subnets: Kind = {
  name: 'subnet',
  type: 'AWS::EC2::Subnet',
  read: async ({ aws: { ec2: client } }) =>
    (await all(paginateDescribeSubnets({ client, pageSize }, {}), ({ Subnets }) => Subnets)).map((subnet) => ({
      id: String(subnet.SubnetId),
      properties: subnet,
    })),
};

const routeTables: Kind = {
  name: 'route table',
  type: 'AWS::EC2::RouteTable',
  read: async (reading) => {
    const { ec2: client } = reading.aws;
    const tables = await all(paginateDescribeRouteTables({ client, pageSize }, {}), ({ RouteTables }) => RouteTables);
    return tables.map(({ Routes, Associations = [], ...table }) => ({
      id: String(table.RouteTableId),
      properties: {
        ...table,
        routes: byId(Routes, (route) => [destinationOf(route), targetOf(route)]),
        associations: subnetsOfOthers(reading, Associations),
      },
    }));
  },
};

const networkAcls: Kind = {
  name: 'network ACL',
  type: 'AWS::EC2::NetworkAcl',
  read: async (reading) => {
    const { ec2: client } = reading.aws;
    const acls = await all(paginateDescribeNetworkAcls({ client, pageSize }, {}), ({ NetworkAcls }) => NetworkAcls);
    return acls.map(({ Entries = [], Associations = [], ...acl }) => ({
      id: String(acl.NetworkAclId),
      properties: {
        ...acl,
        inbound: entries(Entries.filter(({ Egress }) => !Egress)),
        outbound: entries(Entries.filter(({ Egress }) => Egress)),
        associations: subnetsOfOthers(reading, Associations),
      },
    }));
  },
};

const internetGateways: Kind = {
  name: 'internet gateway',
  type: 'AWS::EC2::InternetGateway',
  read: async ({ aws: { ec2: client } }) =>
    (await all(paginateDescribeInternetGateways({ client, pageSize }, {}), (page) => page.InternetGateways)).map(
      (gateway) => ({ id: String(gateway.InternetGatewayId), properties: gateway }),
    ),
};

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
