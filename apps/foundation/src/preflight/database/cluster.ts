import type { DBCluster } from '@aws-sdk/client-rds';
import { POSTGRESQL } from '@user-metrics/umami-db/verification';
import type { Clients } from '../../account/clients';
import { stageOf } from '../../account/deployed-stage';
import { type AskedStage, type Check, failure, type Outcome, orNone, unlessWrong, warning } from '../check';

/** The cluster as RDS describes it. */
export interface ObservedCluster {
  readonly identifier: string;
  /** Name of the database that was created with it. @default - none was */
  readonly databaseName?: string | undefined;
  /** Secret that RDS manages for its administrator. @default - it manages none */
  readonly secretOfRds?: string | undefined;
  readonly engine: string;
  readonly engineVersion: string;
  readonly status: string;
  /** Writer endpoint. */
  readonly endpoint: string;
  readonly customEndpoints: readonly string[];
  readonly port: number;
  readonly securityGroupIds: readonly string[];
  /** VPC of its subnet group. */
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly tags: readonly { readonly Key?: string; readonly Value?: string }[];
}

/** Reads the cluster once for all checks; nothing when there is none. */
export function observeCluster({ aws: { rds }, once, ...planned }: AskedStage): Promise<ObservedCluster | undefined> {
  return once('cluster', async () => {
    const { clusterIdentifier } = stageOf(planned).database;
    const { DBClusters: [cluster] = [] } = await orNone(
      rds.describeDBClusters({ DBClusterIdentifier: clusterIdentifier }),
    );
    return cluster && withSubnets({ rds }, cluster);
  });
}

/** A cluster with the subnets that it is in. */
export async function withSubnets({ rds }: Pick<Clients, 'rds'>, cluster: DBCluster): Promise<ObservedCluster> {
  const { DBSubnetGroups: [group] = [] } = await orNone(
    rds.describeDBSubnetGroups({ DBSubnetGroupName: cluster.DBSubnetGroup ?? '' }),
  );
  return {
    identifier: cluster.DBClusterIdentifier ?? '',
    databaseName: cluster.DatabaseName,
    secretOfRds: cluster.MasterUserSecret?.SecretArn,
    engine: cluster.Engine ?? '',
    engineVersion: cluster.EngineVersion ?? '',
    status: cluster.Status ?? '',
    endpoint: cluster.Endpoint ?? '',
    customEndpoints: cluster.CustomEndpoints ?? [],
    port: cluster.Port ?? 0,
    securityGroupIds: (cluster.VpcSecurityGroups ?? []).flatMap(({ VpcSecurityGroupId: id }) => id ?? []),
    vpcId: group?.VpcId ?? '',
    subnetIds: (group?.Subnets ?? []).flatMap(({ SubnetIdentifier: id }) => id ?? []),
    tags: (cluster.TagList ?? []).map(({ Key = '', Value = '' }) => ({ Key, Value })),
  };
}

/** The cluster is the one of the configuration, and one that Umami's schema can be made in. */
export const cluster: Check<ObservedCluster | undefined> = {
  id: 'database.cluster',
  title: 'Cluster, writer endpoint and engine version fit',
  observe: observeCluster,
  evaluate(found, planned) {
    const { database } = stageOf(planned);
    const describe = `aws rds describe-db-clusters --region ${planned.region}`;
    if (!found) {
      const fix = `Find it with: ${describe} --query 'DBClusters[].DBClusterIdentifier'`;
      return [failure(`There is no cluster ${database.clusterIdentifier} in ${planned.region}`, fix)];
    }
    const wrong: Outcome[] = [];
    const correct = (what: string, name: string, value: string | number) =>
      wrong.push(failure(`${what}: the configuration says ${name} ${value}`, `Correct database.${name}`));
    if (found.engine !== 'aurora-postgresql')
      wrong.push(failure(`The engine is ${found.engine}`, 'Give an Aurora PostgreSQL cluster'));
    wrong.push(...versionProblems(found));
    if (!isSameHost(database.host, found.endpoint)) {
      const isOfRds = /\.rds\.amazonaws\.com(\.cn)?$/i.test(database.host);
      const isCustom = found.customEndpoints.some((endpoint) => isSameHost(endpoint, database.host));
      if (isOfRds && !isCustom) correct(`The writer endpoint is ${found.endpoint}`, 'host', database.host);
      else {
        const says = `${database.host} is not the writer endpoint ${found.endpoint}`;
        wrong.push(warning(`${says}: it must lead to the writer always`, `Set database.host to ${found.endpoint}`));
      }
    }
    if (found.port !== database.port) correct(`The port is ${found.port}`, 'port', database.port);
    if (found.vpcId !== database.vpcId) correct(`The cluster is in ${found.vpcId}`, 'vpcId', database.vpcId);
    if (!found.securityGroupIds.includes(database.securityGroupId))
      correct(
        `The cluster has the security groups ${found.securityGroupIds.join(', ')}`,
        'securityGroupId',
        database.securityGroupId,
      );
    if (found.status !== 'available')
      wrong.push(warning(`The cluster is ${found.status}`, 'Deploy when it is available'));
    return unlessWrong(wrong, `${database.clusterIdentifier}, ${found.engine} ${found.engineVersion}`);
  },
};

function versionProblems({ engineVersion }: ObservedCluster): Outcome[] {
  const major = Number.parseInt(engineVersion, 10);
  const { oldest, tested } = POSTGRESQL;
  if (major < oldest)
    return [failure(`PostgreSQL is ${engineVersion}`, `Upgrade the cluster to PostgreSQL ${oldest} or later`)];
  if (tested.includes(major)) return [];
  const says = `PostgreSQL ${engineVersion} was not tested; these were: ${tested.join(', ')}`;
  return [warning(says, 'Rehearse it first: npx projen rehearse')];
}

function isSameHost(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
