import { checkFoundation, type Foundation, type FoundationConfig } from '@user-metrics/foundation';

const loadBalancer = { cidrBlocks: ['203.0.113.0/24'] };
const availabilityZones: [string, string] = ['eu-central-1a', 'eu-central-1b'];
const subnet = (last: string, cidrBlock: string, availabilityZone: string) => ({
  subnetId: `subnet-0123456789abcde${last}`,
  cidrBlock,
  availabilityZone,
});
const vpcId = 'vpc-0a1b2c3d4e5f60718';
const inside = {
  mode: 'inside',
  vpcId,
  vpcCidrBlocks: ['10.40.0.0/16'],
  block: '10.40.250.0/24',
  availabilityZones,
  internetGatewayId: 'igw-0a1b2c3d4e5f60718',
  loadBalancer,
};
const withMore = { ...inside, addBlock: true, block: '10.99.0.0/24', flowLogs: true };
const fresh = { mode: 'new', block: '10.41.0.0/24', availabilityZones, loadBalancer };
const existing = {
  mode: 'existing',
  vpcId,
  publicSubnets: [subnet('a', '10.40.1.0/24', 'eu-central-1a'), subnet('b', '10.40.2.0/24', 'eu-central-1b')],
  privateSubnets: [subnet('c', '10.40.3.0/24', 'eu-central-1a'), subnet('d', '10.40.4.0/24', 'eu-central-1b')],
  loadBalancer,
};

/** A network of each kind that a stage can have. */
const NETWORKS = {
  'inside, with a NAT gateway of its own': inside,
  'inside, with the NAT gateway of the application': { ...inside, natGatewayId: 'nat-0a1b2c3d4e5f60718' },
  new: fresh,
  'new, with peering': {
    ...fresh,
    peering: { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: ['rtb-0123456789abcdef0'] },
  },
  existing,
  'existing, in another VPC': { ...existing, vpcId: 'vpc-0123456789abcdef0', databaseCidrBlocks: ['10.60.0.0/24'] },
};

type Network = (typeof NETWORKS)[keyof typeof NETWORKS] & { readonly addBlock?: boolean; readonly flowLogs?: boolean };

function foundationWith(mode: string, network: Network, { storage = {}, database = {}, cost = {} } = {}): Foundation {
  const config = {
    tags: { project: 'UserMetrics', costCenter: 'Observability', owner: 'platform-team' },
    accounts: { '111122223333': { region: 'eu-central-1', cost: { emails: ['platform@example.com'], ...cost } } },
    stages: {
      dev: {
        account: '111122223333',
        network,
        storage,
        database: {
          clusterIdentifier: 'application',
          host: 'application.cluster-c1a2b3c4d5e6.eu-central-1.rds.amazonaws.com',
          name: 'application',
          adminSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:application-admin-a1B2c3',
          adminSecretKmsKeyArn: 'arn:aws:kms:eu-central-1:111122223333:key/0a1b2c3d-0000-4000-8000-000000000000',
          securityGroupId: 'sg-0a1b2c3d4e5f60718',
          vpcId,
          owner: 'none',
          ...database,
          ...(network.mode === 'new' || mode.includes('another')
            ? { functionSubnets: [{ subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' }] }
            : {}),
        },
      },
    },
  };
  return checkFoundation(config as FoundationConfig, mode);
}

/** A configuration with stage `dev` for each kind of network. */
export const FOUNDATIONS: readonly [mode: string, Foundation][] = Object.entries(NETWORKS).map(([mode, network]) => [
  mode,
  foundationWith(mode, network),
]);

/** One with everything that is there on request only. */
export const ON_REQUEST = foundationWith('on request', withMore, {
  storage: {
    autoDelete: true,
    logArchive: { exportLogGroups: ['audit'] },
    openReplayOrigins: ['https://openreplay.example.com'],
    operatorRoleArns: ['arn:aws:iam::111122223333:role/Privacy'],
    requestMetrics: true,
  },
  database: { retentionDays: { events: 395 }, alarms: { maxConnections: 100, readers: true } },
  cost: {
    encryptAlerts: true,
    stageLimits: { dev: 40 },
    anomalies: {},
    explorerReportSchedule: 'cron(0 7 2 * ? *)',
  },
});
