import {
  type Parameter,
  paginateDescribeDBClusterParameterGroups,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameterGroups,
  paginateDescribeDBParameters,
} from '@aws-sdk/client-rds';
import { all } from '../../account/pages';
import { byId, listed, type Service } from '../kind';
import { orUnknown } from '../or-unknown';

const clusters = listed({
  name: 'database cluster',
  type: 'AWS::RDS::DBCluster',
  pages: ({ aws: { rds: client } }) => paginateDescribeDBClusters({ client }, {}),
  items: ({ DBClusters }) => DBClusters,
  id: ({ DBClusterIdentifier }) => DBClusterIdentifier,
});

const instances = listed({
  name: 'database instance',
  type: 'AWS::RDS::DBInstance',
  pages: ({ aws: { rds: client } }) => paginateDescribeDBInstances({ client }, {}),
  items: ({ DBInstances }) => DBInstances,
  id: ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
});

const clusterParameterGroups = listed({
  name: 'cluster parameter group',
  type: 'AWS::RDS::DBClusterParameterGroup',
  pages: ({ aws: { rds: client } }) => paginateDescribeDBClusterParameterGroups({ client }, {}),
  items: ({ DBClusterParameterGroups }) => DBClusterParameterGroups,
  id: ({ DBClusterParameterGroupName }) => DBClusterParameterGroupName,
  properties: async (group, { aws: { rds: client } }) => ({
    ...group,
    parameters: await userParameters(group.DBClusterParameterGroupName, (DBClusterParameterGroupName) =>
      paginateDescribeDBClusterParameters({ client }, { DBClusterParameterGroupName, Source: 'user' }),
    ),
  }),
});

const parameterGroups = listed({
  name: 'parameter group',
  type: 'AWS::RDS::DBParameterGroup',
  pages: ({ aws: { rds: client } }) => paginateDescribeDBParameterGroups({ client }, {}),
  items: ({ DBParameterGroups }) => DBParameterGroups,
  id: ({ DBParameterGroupName }) => DBParameterGroupName,
  properties: async (group, { aws: { rds: client } }) => ({
    ...group,
    parameters: await userParameters(group.DBParameterGroupName, (DBParameterGroupName) =>
      paginateDescribeDBParameters({ client }, { DBParameterGroupName, Source: 'user' }),
    ),
  }),
});

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
