import { type Account, stageOf } from '../account';
import { published } from '../published';
import { ourResources } from '../stack-resources';
import type { AccountCheck } from './account-check';

/** `1.1.AC2`: where the routes of the subnets lead. */
export const natGateway: AccountCheck = {
  id: '1.1.AC2',
  async look(account) {
    const { network } = stageOf(account);
    const own = (await ourResources(account)).filter(({ type }) => type === 'AWS::EC2::NatGateway');
    const privateRoutes = await defaultRoutes(account, await published(account, 'network/private-subnet-ids'));
    const publicRoutes = await defaultRoutes(account, await published(account, 'network/public-subnet-ids'));
    const gateways = new Set(privateRoutes.map(({ gateway }) => gateway));
    const reused = network.mode === 'inside' ? network.natGatewayId : undefined;
    const [gateway = 'nothing'] = gateways;
    return {
      wrong: [
        ...(gateways.size === 1 ? [] : [`the private subnets lead to ${[...gateways].join(' and ')}`]),
        ...privateRoutes
          .filter((route) => !route.gateway.startsWith('nat-'))
          .map(({ subnet }) => `${subnet} has no NAT`),
        ...publicRoutes
          .filter((route) => !route.gateway.startsWith('igw-'))
          .map(({ subnet }) => `${subnet} leads to no internet gateway`),
        ...(own.length <= (reused || network.mode === 'existing' ? 0 : 1) ? [] : [`${own.length} gateways are ours`]),
        ...(reused && gateway !== reused ? [`the subnets lead to ${gateway} and not to ${reused}`] : []),
      ],
      evidence: `${privateRoutes.length} private subnets lead to ${gateway}${own.length === 0 ? ", the application's own" : ''}`,
    };
  },
};

/** For each subnet, where 0.0.0.0/0 leads. */
async function defaultRoutes({ aws }: Account, subnetIds: string): Promise<{ subnet: string; gateway: string }[]> {
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
