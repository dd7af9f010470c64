import type { Item, Rules } from '../resource';
import { HOURS, type Usage } from '../usage';

/** Private subnets of a stage, each with a route of its own. */
const PRIVATE_SUBNETS = 2;

/** What a network costs. */
export const NETWORK_RULES: Rules = {
  // Data is counted by the routes that lead to it, of which a stage has as many however many gateways there are.
  'AWS::EC2::NatGateway': ({ AvailabilityMode }) => {
    const zones = AvailabilityMode === 'regional' ? PRIVATE_SUBNETS : 1;
    return [
      { price: 'nat.hour', quantity: zones * HOURS, assumption: always(zones, 'Availability Zone') },
      ...(zones > 1 ? [address(zones)] : []),
    ];
  },
  'AWS::EC2::Route': ({ NatGatewayId, DestinationCidrBlock }, usage) =>
    throughGateway(NatGatewayId, DestinationCidrBlock, usage),
  'AWS::EC2::EIP': () => [address(1)],
  'AWS::EC2::VPCEndpoint': ({ VpcEndpointType, SubnetIds }, { natGigabytes }) => {
    if (VpcEndpointType !== 'Interface') return [];
    const zones = Array.isArray(SubnetIds) ? SubnetIds.length : 1;
    return [
      { price: 'endpoint.hour', quantity: zones * HOURS, assumption: always(zones, 'Availability Zone') },
      { price: 'endpoint.gb', quantity: natGigabytes, assumption: 'APIs of AWS' },
    ];
  },
  'AWS::EC2::VPCPeeringConnection': () => [
    { price: 'crossaz.gb', quantity: 10, assumption: '5 GB each way between Availability Zones' },
  ],
  'AWS::EC2::FlowLog': ({ LogDestinationType, TrafficType }, { flowLogGigabytes }) => {
    if (LogDestinationType !== undefined && LogDestinationType !== 'cloud-watch-logs') return undefined;
    // All traffic of a site is of another order, and nothing in a template tells it.
    if (TrafficType !== 'REJECT') return undefined;
    return [{ price: 'logs.ingest.gb', quantity: flowLogGigabytes, assumption: 'rejected traffic of a subnet' }];
  },
};

function address(count: number): Item {
  return { price: 'ipv4.hour', quantity: count * HOURS, assumption: always(count, 'public address') };
}

function always(count: number, thing: string): string {
  return count === 1 ? 'all the time' : `${count} ${thing}${thing.endsWith('s') ? 'es' : 's'}, all the time`;
}

/** The data of a private subnet through its gateway; that one is there already costs nothing more than this. */
function throughGateway(gateway: unknown, destination: unknown, { natGigabytes }: Usage): Item[] {
  if (gateway === undefined || destination !== '0.0.0.0/0') return [];
  const data = typeof gateway === 'string' ? 'through your NAT gateway' : 'container images and APIs of AWS';
  return [
    {
      price: 'nat.gb',
      quantity: natGigabytes / PRIVATE_SUBNETS,
      assumption: `${data}, half of it from each private subnet`,
    },
  ];
}
