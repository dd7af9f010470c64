import { paginateDescribeDBClusters } from '@aws-sdk/client-rds';
import { DefaultStackSynthesizer } from 'aws-cdk-lib/core';
import { readBootstrap } from '../account/bootstrap';
import { mapBounded } from '../account/bounded';
import type { Clients } from '../account/clients';
import { all } from '../account/pages';
import { withSubnets } from '../preflight/database/cluster';
import { readGroupTags } from '../preflight/database/owner';
import { readZones } from '../preflight/network/availability-zones';
import { readInternetGateways, readNatGateways } from '../preflight/network/gateways';
import { CLOUDFRONT, readPrefixLists } from '../preflight/network/prefix-list';
import { subnetsOf, type VpcReader, vpcBlocks } from '../preflight/network/vpc-facts';
import { accountPart } from './account';
import { chooseCluster, databasePart } from './database';
import type { Part, Search } from './given';
import { networkPart } from './network';
import { readAll } from './read-all';

/**
 * Finds the values of a configuration in an account, by reading, and asks for what it leaves open.
 *
 * @throws CommandError when something is not there, may not be read, or is not given without a terminal
 */
export async function findConfig(aws: Clients, search: Search): Promise<Part> {
  const { account, given } = search;
  const { bootstrap, clusters, zones, prefixLists } = await readAll({
    bootstrap: () => readBootstrap(aws.ssm, DefaultStackSynthesizer.DEFAULT_QUALIFIER),
    clusters: async () => {
      const found = await all(paginateDescribeDBClusters({ client: aws.rds }, {}), ({ DBClusters }) => DBClusters);
      return mapBounded(found, (cluster) => withSubnets(aws, cluster));
    },
    zones: () => readZones(aws),
    prefixLists: () => readPrefixLists(aws, { Filters: [{ Name: 'prefix-list-name', Values: [CLOUDFRONT] }] }),
  });
  const ofAccount = await accountPart(bootstrap, search);
  const chosen = await chooseCluster(clusters, search);
  const { vpcId } = chosen.cluster;
  const reader: VpcReader = { aws, stage: given.stage, once: (_, read) => read() };
  const { blocks, subnets, internetGateways, natGateways } = await readAll({
    blocks: () => vpcBlocks(reader, vpcId),
    subnets: () => subnetsOf(reader, [vpcId]),
    internetGateways: () => readInternetGateways(aws, { Filters: [{ Name: 'attachment.vpc-id', Values: [vpcId] }] }),
    natGateways: () => readNatGateways(aws, { Filter: [{ Name: 'vpc-id', Values: [vpcId] }] }),
  });
  const ofNetwork = await networkPart(
    chosen.cluster,
    {
      blocks,
      subnets,
      zones,
      internetGateways: internetGateways.map(({ id }) => id),
      natGateways: natGateways.filter(({ state, connectivity }) => state === 'available' && connectivity === 'public'),
      prefixLists: prefixLists.map(({ id }) => id),
    },
    search,
  );
  const tagsOf = async (group: string) => (await readAll({ tags: () => readGroupTags(aws, group) })).tags;
  const ofDatabase = await databasePart(aws, chosen, tagsOf, search);
  const stage = { path: ['stages', given.stage, 'account'], value: account, from: 'sts get-caller-identity' };
  return {
    values: [...ofAccount.values, stage, ...ofNetwork.values, ...ofDatabase.values],
    toDo: [...ofAccount.toDo, ...ofNetwork.toDo, ...ofDatabase.toDo],
  };
}
