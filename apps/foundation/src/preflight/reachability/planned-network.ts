import { subnetLayout } from '@user-metrics/network';
import { stageOf } from '../../account/deployed-stage';
import type { PlannedStage } from '../check';
import { type Facts, INTERNET, type Route, type RouteTable, type Subnet } from './facts';

/** A VPC that the stage makes; its id is not known before. */
export const OWN_VPC = 'the new VPC';

/** Where the tasks and the database function run. */
export interface PlannedSubnets {
  readonly tasks: readonly Subnet[];
  readonly databaseFunction: readonly Subnet[];
  /** The facts with what the deployment is going to add. */
  readonly facts: Facts;
}

/** The subnets of the stage, with the routes that the deployment adds. What is deployed already is taken as it is. */
export function plannedNetwork(facts: Facts, planned: PlannedStage): PlannedSubnets {
  const { network, database } = stageOf(planned);
  const named = (ids: readonly { readonly subnetId: string }[]) =>
    ids.flatMap(({ subnetId }) => facts.subnets.find(({ id }) => id === subnetId) ?? []);
  const ofFunction = database.functionSubnets && named(database.functionSubnets);
  if (network.mode === 'existing') {
    const tasks = named(network.privateSubnets);
    return { tasks, databaseFunction: ofFunction ?? tasks, facts };
  }
  const vpcId = network.mode === 'inside' ? network.vpcId : OWN_VPC;
  const tasks = subnetLayout(network.block).privateBlocks.map(
    (cidr): Subnet =>
      facts.subnets.find((subnet) => subnet.vpcId === vpcId && subnet.cidr === cidr) ?? { id: cidr, cidr, vpcId },
  );
  const toAdd = tasks.filter(({ id, cidr }) => id === cidr);
  const table: RouteTable = {
    id: 'the new route table',
    vpcId,
    isMain: false,
    subnetIds: toAdd.map(({ id }) => id),
    routes: plannedRoutes(planned),
  };
  const routeTables = [...facts.routeTables.map((each) => withRouteBack(each, planned)), table];
  const subnets = [...facts.subnets, ...toAdd];
  return { tasks, databaseFunction: ofFunction ?? tasks, facts: { ...facts, subnets, routeTables } };
}

function plannedRoutes(planned: PlannedStage): Route[] {
  const { network } = stageOf(planned);
  if (network.mode === 'existing') return [];
  const nat = network.mode === 'inside' ? network.natGatewayId : undefined;
  const internet = nat ?? (network.nat === 'none' ? undefined : 'nat-new');
  const peering = network.mode === 'new' ? network.peering : undefined;
  return [
    { destination: network.block, target: 'local' },
    ...(peering?.vpcCidrBlocks ?? []).map((destination) => ({ destination, target: 'pcx-new' })),
    ...(internet ? [{ destination: INTERNET, target: internet }] : []),
  ];
}

/** The route back to a new VPC, where the deployment adds it; a table that leads the block elsewhere keeps its route. */
function withRouteBack(table: RouteTable, planned: PlannedStage): RouteTable {
  const { network } = stageOf(planned);
  if (network.mode !== 'new' || !addsRoutesBack(planned)) return table;
  const isNamed = network.peering?.routeTableIds.includes(table.id);
  if (!isNamed || table.routes.some(({ destination }) => destination === network.block)) return table;
  return { ...table, routes: [...table.routes, { destination: network.block, target: 'pcx-new' }] };
}

/** Whether the deployment adds the routes of a peering connection to the database's route tables. */
export function addsRoutesBack(planned: PlannedStage): boolean {
  const { network, database } = stageOf(planned);
  return network.mode === 'new' && (network.peering?.routeTablesOwner ?? database.owner) === 'none';
}
