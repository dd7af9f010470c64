import {
  type Parameter,
  paginateDescribeDBClusterParameterGroups,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameterGroups,
  paginateDescribeDBParameters,
} from '@aws-sdk/client-rds';
import { mapBounded } from '../../account/bounded';
import { all } from '../../account/pages';
import { byId, type Kind, type Service } from '../kind';
import { orUnknown } from '../or-unknown';

const clusters: Kind = {
  name: 'database cluster',
  type: 'AWS::RDS::DBCluster',
  read: async ({ aws: { rds: client } }) =>
    (await all(paginateDescribeDBClusters({ client }, {}), ({ DBClusters }) => DBClusters)).map((cluster) => ({
      id: String(cluster.DBClusterIdentifier),
      properties: cluster,
    })),
};

const instances: Kind = {
  name: 'database instance',
  type: 'AWS::RDS::DBInstance',
  read: async ({ aws: { rds: client } }) =>
    (await all(paginateDescribeDBInstances({ client }, {}), ({ DBInstances }) => DBInstances)).map((instance) => ({
      id: String(instance.DBInstanceIdentifier),
      properties: instance,
    })),
};

const clusterParameterGroups: Kind = {
  name: 'cluster parameter group',
  type: 'AWS::RDS::DBClusterParameterGroup',
  read: async ({ aws: { rds: client } }) => {
    const pages = paginateDescribeDBClusterParameterGroups({ client }, {});
    const found = await all(pages, ({ DBClusterParameterGroups }) => DBClusterParameterGroups);
    return mapBounded(found, async (group) => ({
      id: String(group.DBClusterParameterGroupName),
      properties: {
        ...group,
        parameters: await userParameters(group.DBClusterParameterGroupName, (DBClusterParameterGroupName) =>
          paginateDescribeDBClusterParameters({ client }, { DBClusterParameterGroupName, Source: 'user' }),
        ),
      },
    }));
  },
};

const parameterGroups: Kind = {
  name: 'parameter group',
  type: 'AWS::RDS::DBParameterGroup',
  read: async ({ aws: { rds: client } }) => {
    const found = await all(
      paginateDescribeDBParameterGroups({ client }, {}),
      ({ DBParameterGroups }) => DBParameterGroups,
    );
    return mapBounded(found, async (group) => ({
      id: String(group.DBParameterGroupName),
      properties: {
        ...group,
        parameters: await userParameters(group.DBParameterGroupName, (DBParameterGroupName) =>
          paginateDescribeDBParameters({ client }, { DBParameterGroupName, Source: 'user' }),
        ),
      },
    }));
  },
};

export const databases: Service = {
  name: 'databases',
  kinds: [clusters, instances, clusterParameterGroups, parameterGroups],
};

/** What somebody set; nobody can in a default group. */
async function userParameters(
  group = '',
  pages: (group: string) => AsyncIterable<{ readonly Parameters?: Parameter[] | undefined }>,
): Promise<unknown> {
  if (group.startsWith('default.')) return undefined;
  return orUnknown(async () => {
    const parameters = await all(pages(group), ({ Parameters }) => Parameters);
    return byId(
      parameters.filter(({ Source }) => Source === undefined || Source === 'user'),
      ({ ParameterName, ParameterValue = '' }) => [ParameterName, ParameterValue],
    );
  });
}
