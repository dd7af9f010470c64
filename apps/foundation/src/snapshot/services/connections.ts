import {
  paginateDescribeNatGateways,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcPeeringConnections,
} from '@aws-sdk/client-ec2';
import { all } from '../../account/pages';
import type { Kind, Service } from '../kind';
import { documentOf } from '../value';

const pageSize = 100;

const natGateways: Kind = {
  name: 'NAT gateway',
  type: 'AWS::EC2::NatGateway',
  read: async ({ aws: { ec2: client } }) => {
    const found = await all(paginateDescribeNatGateways({ client, pageSize }, {}), ({ NatGateways }) => NatGateways);
    // A deleted one is listed for another hour.
    return found
      .filter(({ State }) => State !== 'deleted' && State !== 'deleting')
      .map((gateway) => ({ id: String(gateway.NatGatewayId), properties: gateway }));
  },
};

const endpoints: Kind = {
  name: 'VPC endpoint',
  type: 'AWS::EC2::VPCEndpoint',
  read: async ({ aws: { ec2: client } }) =>
    (await all(paginateDescribeVpcEndpoints({ client, pageSize }, {}), ({ VpcEndpoints }) => VpcEndpoints)).map(
      ({ PolicyDocument, ...endpoint }) => ({
        id: String(endpoint.VpcEndpointId),
        properties: { ...endpoint, policy: documentOf(PolicyDocument) },
      }),
    ),
};

const peerings: Kind = {
  name: 'VPC peering connection',
  type: 'AWS::EC2::VPCPeeringConnection',
  read: async ({ aws: { ec2: client } }) => {
    const found = await all(
      paginateDescribeVpcPeeringConnections({ client, pageSize }, {}),
      ({ VpcPeeringConnections }) => VpcPeeringConnections,
    );
    return found
      .filter(({ Status }) => Status?.Code !== 'deleted')
      .map((peering) => ({ id: String(peering.VpcPeeringConnectionId), properties: peering }));
  },
};

export const connections: Service = { name: 'connections', kinds: [natGateways, endpoints, peerings] };
