import {
  paginateDescribeNatGateways,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcPeeringConnections,
} from '@aws-sdk/client-ec2';
import { listed, type Service } from '../kind';
import { documentOf } from '../value';

const pageSize = 100;

const natGateways = listed({
  name: 'NAT gateway',
  type: 'AWS::EC2::NatGateway',
  pages: ({ aws: { ec2: client } }) => paginateDescribeNatGateways({ client, pageSize }, {}),
  // A deleted one is listed for another hour.
  items: ({ NatGateways }) => NatGateways?.filter(({ State }) => State !== 'deleted' && State !== 'deleting'),
  id: ({ NatGatewayId }) => NatGatewayId,
});

const endpoints = listed({
  name: 'VPC endpoint',
  type: 'AWS::EC2::VPCEndpoint',
  pages: ({ aws: { ec2: client } }) => paginateDescribeVpcEndpoints({ client, pageSize }, {}),
  items: ({ VpcEndpoints }) => VpcEndpoints,
  id: ({ VpcEndpointId }) => VpcEndpointId,
  properties: ({ PolicyDocument, ...endpoint }) => ({ ...endpoint, policy: documentOf(PolicyDocument) }),
});

const peerings = listed({
  name: 'VPC peering connection',
  type: 'AWS::EC2::VPCPeeringConnection',
  pages: ({ aws: { ec2: client } }) => paginateDescribeVpcPeeringConnections({ client, pageSize }, {}),
  items: ({ VpcPeeringConnections }) => VpcPeeringConnections?.filter(({ Status }) => Status?.Code !== 'deleted'),
  id: ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId,
});

export const connections: Service = { name: 'connections', kinds: [natGateways, endpoints, peerings] };
