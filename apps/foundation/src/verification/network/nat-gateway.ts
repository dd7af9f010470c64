import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { published } from '../../account/published';
import { resourcesOf } from '../../account/stack-resources';
import type { Criterion } from '../criterion';

/** Where 0.0.0.0/0 of a subnet leads. */
interface DefaultRoute {
  readonly subnet: string;
  readonly gateway: string;
}

export interface ObservedRoutes {
  readonly privateRoutes: readonly DefaultRoute[];
  readonly publicRoutes: readonly DefaultRoute[];
  /** NAT gateways in the stacks. */
  readonly natGateways: number;
}

/** `1.1.AC2`: where the routes of the subnets lead. */
export const natGateway: Criterion<ObservedRoutes> = {
  id: '1.1.AC2',
  async observe(deployed) {
    return {
      privateRoutes: await defaultRoutes(deployed, await published(deployed, 'network/private-subnet-ids')),
      publicRoutes: await defaultRoutes(deployed, await published(deployed, 'network/public-subnet-ids')),
      natGateways: (await resourcesOf(deployed, 'AWS::EC2::NatGateway')).length,
    };
  },
  evaluate({ privateRoutes, publicRoutes, natGateways }, expected) {
    const { network } = stageOf(expected);
    const gateways = new Set(privateRoutes.map(({ gateway }) => gateway));
    const reused = network.mode === 'inside' ? network.natGatewayId : undefined;
    const [gateway = 'nothing'] = gateways;
    const withoutNat = privateRoutes.filter((route) => !route.gateway.startsWith('nat-'));
    const withoutInternet = publicRoutes.filter((route) => !route.gateway.startsWith('igw-'));
    return {
      wrong: [
        ...(gateways.size === 1 ? [] : [`the private subnets lead to ${[...gateways].join(' and ')}`]),
        ...withoutNat.map(({ subnet }) => `${subnet} has no NAT`),
        ...withoutInternet.map(({ subnet }) => `${subnet} leads to no internet gateway`),
        ...(natGateways <= (reused || network.mode === 'existing' ? 0 : 1) ? [] : [`${natGateways} gateways are ours`]),
        ...(reused && gateway !== reused ? [`the subnets lead to ${gateway} and not to ${reused}`] : []),
      ],
      evidence: `${privateRoutes.length} private subnets lead to ${gateway}${natGateways === 0 ? ", the application's own" : ''}`,
    };
  },
};

async function defaultRoutes({ aws }: DeployedStage, subnetIds: string): Promise<DefaultRoute[]> {
  return Promise.all(
    subnetIds.split(',').map(async (subnet) => {
      const { RouteTables: [table] = [] } = await aws.ec2.describeRouteTables({
        Filters: [{ Name: 'association.subnet-id', Values: [subnet] }],
      });
      const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');
      return { subnet, gateway: route?.NatGatewayId ?? route?.GatewayId ?? 'nothing' };
    }),
  );
}
