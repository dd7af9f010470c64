import { contains } from '@user-metrics/network';
import { blocksOf, type Facts, INTERNET, type Route, type RouteTable, type Subnet } from './facts';

/** The route table of a subnet: the one that it is associated with, else the main one of its VPC. */
export function routeTableOf(subnet: Subnet, { routeTables }: Facts): RouteTable | undefined {
  return (
    routeTables.find(({ subnetIds }) => subnetIds.includes(subnet.id)) ??
    routeTables.find(({ vpcId, isMain }) => isMain && vpcId === subnet.vpcId)
  );
}

/** The route that packets to a block take: the one with the longest prefix that contains it. */
function routeTo(block: string, table: RouteTable, facts: Facts): Route | undefined {
  const prefixes = table.routes.flatMap((route) =>
    blocksOf(route.destination, facts)
      .filter((destination) => contains(destination, block))
      .map((destination) => ({ route, length: Number(destination.split('/')[1]) })),
  );
  return prefixes.sort((one, other) => other.length - one.length)[0]?.route;
}

/** What is wrong with the route from a subnet to a block of another VPC, or with the one within the VPC. */
export function routeProblem(from: Subnet, to: Subnet, facts: Facts): string | undefined {
  const table = routeTableOf(from, facts);
  if (!table) return `the route table of ${from.id} is not known`;
  const route = routeTo(to.cidr, table, facts);
  if (!route) return from.vpcId === to.vpcId ? undefined : `${table.id} has no route to ${to.cidr}`;
  if (route.isBlackhole) return `${table.id} leads ${to.cidr} to ${route.target}, which is gone`;
  if (from.vpcId === to.vpcId || leadsToOtherVpc(route)) return undefined;
  return `${table.id} leads ${to.cidr} to ${route.target}, and not to ${to.vpcId}`;
}

/** A network interface may be a firewall that leads further. */
function leadsToOtherVpc({ target }: Route): boolean {
  return /^(pcx|tgw|eni|vpce|cwan|arn)/.test(target);
}

/** What is wrong with the way of a private subnet to the internet. */
export function internetProblem(from: Subnet, facts: Facts): string | undefined {
  const table = routeTableOf(from, facts);
  const route = table && routeTo(INTERNET, table, facts);
  if (!table || !route) return `${table?.id ?? from.id} has no route to the internet`;
  if (route.isBlackhole) return `${table.id} leads the internet to ${route.target}, which is gone`;
  if (!/^(igw|local)/.test(route.target)) return undefined;
  return `${table.id} leads the internet to ${route.target}: without a public address of their own, functions and tasks need a NAT gateway`;
}
