import { type Probes, unique } from './probe';

/** The database that emulators are started with. */
export const POSTGRES = { host: '127.0.0.1', port: 54321 };

/** Answers of an API that say other than on AWS. */
export const answers: Probes = {
  'database endpoint': async ({ rds }) => {
    const DBClusterIdentifier = unique('cluster');
    await rds.createDBCluster({
      DBClusterIdentifier,
      Engine: 'aurora-postgresql',
      MasterUsername: 'probe',
      MasterUserPassword: 'probe-probe',
    });
    const { DBClusters: [cluster] = [] } = await rds.describeDBClusters({ DBClusterIdentifier });
    return cluster?.Endpoint !== POSTGRES.host || cluster.Port !== POSTGRES.port;
  },
  'e-mail subscription': async ({ sns }) => {
    const { TopicArn } = await sns.createTopic({ Name: unique('topic') });
    await sns.subscribe({ TopicArn, Protocol: 'email', Endpoint: 'somebody@example.com' });
    const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn });
    return Subscriptions[0]?.SubscriptionArn !== 'PendingConfirmation';
  },
};
