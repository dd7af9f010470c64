import type { Application } from '../../database/application';
import type { Aws } from '../aws';
import { type ApplicationNetwork, idOf } from './network';
import { APPLICATION_TAG_LIST } from './tags';

/** The application's Aurora, as the account knows it. */
export interface ApplicationDatabase {
  readonly clusterIdentifier: string;
  /** Writer endpoint. */
  readonly host: string;
  readonly port: number;
  readonly adminSecretArn: string;
}

/** The record of an Aurora cluster, and the secret of its administrator: user name and password only, as RDS writes it. */
export async function createDatabase(
  { rds, secretsManager }: Aws,
  network: ApplicationNetwork,
  { admin, database }: Application,
): Promise<ApplicationDatabase> {
  const clusterIdentifier = 'shop';
  await rds.createDBSubnetGroup({
    DBSubnetGroupName: clusterIdentifier,
    DBSubnetGroupDescription: 'Private subnets of the shop',
    SubnetIds: network.privateSubnets.map(({ subnetId }) => subnetId),
    Tags: APPLICATION_TAG_LIST,
  });
  await rds.createDBCluster({
    DBClusterIdentifier: clusterIdentifier,
    Engine: 'aurora-postgresql',
    DatabaseName: database,
    MasterUsername: admin.user,
    MasterUserPassword: admin.password,
    DBSubnetGroupName: clusterIdentifier,
    VpcSecurityGroupIds: [network.databaseSecurityGroupId],
    Tags: APPLICATION_TAG_LIST,
  });
  const { DBClusters } = await rds.describeDBClusters({ DBClusterIdentifier: clusterIdentifier });
  const secret = await secretsManager.createSecret({
    Name: 'shop/database/admin',
    SecretString: JSON.stringify({ username: admin.user, password: admin.password }),
    Tags: APPLICATION_TAG_LIST,
  });
  return {
    clusterIdentifier,
    host: idOf(DBClusters?.[0]?.Endpoint),
    port: Number(DBClusters?.[0]?.Port),
    adminSecretArn: idOf(secret.ARN),
  };
}
