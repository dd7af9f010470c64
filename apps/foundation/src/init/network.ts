import { CommandError, EXIT } from '../command-error';
import type { ObservedCluster } from '../preflight/database/cluster';
import type { ObservedZone } from '../preflight/network/availability-zones';
import type { ObservedNatGateway } from '../preflight/network/gateways';
import { CLOUDFRONT } from '../preflight/network/prefix-list';
import type { ObservedSubnet } from '../preflight/network/vpc-facts';
import { pick } from './asking';
import { BY_HAND, chooseBlock } from './free-block';
import type { Part, Search } from './given';
import { valuesAt } from './value';

/** What was read of the VPC of the cluster. */
export interface VpcFacts {
  readonly blocks: readonly string[];
  readonly subnets: readonly ObservedSubnet[];
  readonly internetGateways: readonly string[];
  /** Those that are available and lead to the internet. */
  readonly natGateways: readonly ObservedNatGateway[];
  readonly zones: readonly ObservedZone[];
  /** Lists of CloudFront; one in a Region. */
  readonly prefixLists: readonly string[];
}

/** No NAT gateway is shared. */
const NONE = 'none';

/** Four subnets in the VPC of the cluster: block, zones, gateways, prefix list. */
export async function networkPart(cluster: ObservedCluster, facts: VpcFacts, search: Search): Promise<Part> {
  const { given, region } = search;
  const { vpcId } = cluster;
  const [internetGatewayId] = facts.internetGateways;
  if (internetGatewayId === undefined)
    throw new CommandError(
      `${vpcId}, the VPC of cluster ${cluster.identifier}, has no internet gateway, which public subnets in it need. ${BY_HAND}`,
      EXIT.account,
    );
  const [prefixListId] = facts.prefixLists;
  if (prefixListId === undefined)
    throw new CommandError(
      `${region} has no prefix list ${CLOUDFRONT}. Write the configuration by hand, with network.loadBalancer.cidrBlocks: start from apps/foundation/foundation.config.ts.`,
      EXIT.account,
    );
  const { block, isAdded, from } = chooseBlock({ id: vpcId, ...facts }, given.block);
  const nat = await natGatewayOf(facts, search);
  const zones = zonesOf(cluster, facts, nat.gateway, given.zones);
  return {
    values: valuesAt(
      ['stages', given.stage, 'network'],
      [
        ['mode', 'inside', 'four subnets in the VPC of the database'],
        ['vpcId', vpcId, 'rds describe-db-subnet-groups: the VPC of the cluster'],
        ['vpcCidrBlocks', facts.blocks, 'ec2 describe-vpcs'],
        ['block', block, from],
        ['addBlock', isAdded || undefined, `${block} is outside of ${facts.blocks.join(', ')}`],
        ['availabilityZones', zones.value, zones.from],
        ['internetGatewayId', internetGatewayId, `ec2 describe-internet-gateways: attached to ${vpcId}`],
        ['natGatewayId', nat.gateway?.id, nat.from],
        ['nat', nat.gateway ? undefined : 'singleGateway', `${nat.from}: a deployment creates one`],
        ['loadBalancer.cloudFrontPrefixListId', prefixListId, `ec2 describe-managed-prefix-lists: ${CLOUDFRONT}`],
      ],
    ),
    toDo: [],
  };
}

async function natGatewayOf({ natGateways, subnets }: VpcFacts, { given, asking }: Search) {
  if (natGateways.length === 0 && given.natGateway === undefined)
    return { gateway: undefined, from: 'the VPC has no public NAT gateway' };
  const zoneOf = (subnetId: string) => subnets.find(({ id }) => id === subnetId)?.zone ?? 'a zone that is not known';
  const options = natGateways.map(({ id, subnetId }) => ({ value: id, hint: `in ${zoneOf(subnetId)}` }));
  const isOnly = natGateways.length === 1 && given.natGateway === undefined;
  const { value, how } = await pick(asking, {
    flag: '--nat-gateway',
    question: 'Which NAT gateway do the private subnets share?',
    options: isOnly ? options : [...options, { value: NONE, hint: 'a deployment creates one, which costs more' }],
    given: given.natGateway,
  });
  const from = value === NONE ? how : `ec2 describe-nat-gateways: ${how} of the VPC`;
  return { gateway: natGateways.find(({ id }) => id === value), from };
}

/** Two zones: that of the NAT gateway first, then those of the database, then others. */
function zonesOf(
  { subnetIds }: ObservedCluster,
  { subnets, zones }: VpcFacts,
  nat: ObservedNatGateway | undefined,
  given: readonly string[] | undefined,
): { readonly value: readonly string[]; readonly from: string } {
  const available = zones.filter(({ isAvailable }) => isAvailable).map(({ name }) => name);
  if (given) {
    const isRight = given.length === 2 && given[0] !== given[1] && given.every((zone) => available.includes(zone));
    if (isRight) return { value: given, from: '--zones' };
    throw new CommandError(`--zones must be two of ${available.join(', ')}, got: ${given.join(',')}.`, EXIT.usage);
  }
  const ofSubnets = (ids: readonly string[]) => subnets.flatMap(({ id, zone }) => (ids.includes(id) ? [zone] : []));
  const wanted = [...ofSubnets(nat ? [nat.subnetId] : []), ...ofSubnets(subnetIds).sort(), ...[...available].sort()];
  const value = [...new Set(wanted)].filter((zone) => available.includes(zone)).slice(0, 2);
  return { value, from: `ec2 describe-subnets: zones of ${nat ? 'the NAT gateway and of ' : ''}the database` };
}
