import type { App } from 'aws-cdk-lib/core';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { appOfConfig, exampleConfig } from './example';

type Stage = ReturnType<typeof exampleConfig>['stages'][string];
type Cost = ReturnType<typeof exampleConfig>['accounts'][string]['cost'];
export type Change = (stage: Stage, cost: Cost) => void;

export const loadBalancer = { cidrBlocks: ['203.0.113.0/24'] };
export const functionSubnet = { subnetId: 'subnet-0123456789abcdef0', availabilityZone: 'eu-central-1a' };
export const functionSubnets = [functionSubnet];
/** A VPC of its own. */
export const ownNetwork = {
  mode: 'new',
  block: '10.41.0.0/24',
  availabilityZones: ['eu-central-1a', 'eu-central-1b'],
  loadBalancer,
};
export const peering = { vpcCidrBlocks: ['10.40.0.0/16'], routeTableIds: ['rtb-0123456789abcdef0'] };
export const existing = {
  mode: 'existing',
  vpcId: 'vpc-0a1b2c3d4e5f60718',
  publicSubnets: [
    { subnetId: 'subnet-0123456789abcdefa', cidrBlock: '10.40.1.0/24', availabilityZone: 'eu-central-1a' },
  ],
  privateSubnets: [
    { subnetId: 'subnet-0123456789abcdefb', cidrBlock: '10.40.2.0/24', availabilityZone: 'eu-central-1b' },
  ],
  loadBalancer,
};
/** The database is in the VPC of the example; a transit gateway of the user's leads there. */
export const existingElsewhere = {
  mode: 'existing',
  vpcId: 'vpc-0123456789abcdef0',
  publicSubnets: [
    { subnetId: 'subnet-0123456789abcdefa', cidrBlock: '10.50.0.0/27', availabilityZone: 'eu-central-1a' },
    { subnetId: 'subnet-0123456789abcdefb', cidrBlock: '10.50.0.32/27', availabilityZone: 'eu-central-1b' },
  ],
  privateSubnets: [
    { subnetId: 'subnet-0123456789abcdefc', cidrBlock: '10.50.0.64/26', availabilityZone: 'eu-central-1a' },
    { subnetId: 'subnet-0123456789abcdefd', cidrBlock: '10.50.0.128/26', availabilityZone: 'eu-central-1b' },
  ],
  databaseCidrBlocks: ['10.60.0.0/26', '10.60.0.64/26'],
  loadBalancer,
};

/** The network of the example, changed. */
const inside =
  (network: object, database: object = {}): Change =>
  (stage) => {
    Object.assign(stage.network, network);
    Object.assign(stage.database, database);
  };
/** Another network in the place of that of the example. */
export const another =
  (network: object, database: object = {}): Change =>
  (stage) => {
    Object.assign(stage, { network });
    Object.assign(stage.database, database);
  };
/** A VPC of its own, and the function in that of the database. */
export const inOwnVpc = (network: object = {}, database: object = {}): Change =>
  another({ ...ownNetwork, ...network }, { functionSubnets, ...database });

/** Every way in which a stage can be set up, as far as templates differ by it. */
export const MODES: readonly (readonly [string, Change])[] = [
  ['inside, as it comes', () => {}],
  ['inside, with a shared NAT gateway', inside({ natGatewayId: 'nat-0123456789abcdef0' })],
  ['inside, with a NAT gateway in each zone and flow logs', inside({ nat: 'gatewayPerZone', flowLogs: true })],
  ['inside a secondary block', inside({ addBlock: true, block: '10.41.0.0/24' })],
  ['inside, without egress, access being there', inside({ nat: 'none' }, { access: 'present' })],
  ['inside, the database being of SST', inside({}, { owner: 'sst' })],
  ['inside, visited without CloudFront', inside({ loadBalancer })],
  ['new, with flow logs', inOwnVpc({ flowLogs: true })],
  ['new and peered', inOwnVpc({ peering })],
  [
    'new and peered, the route tables being of Terraform',
    inOwnVpc({ peering: { ...peering, routeTablesOwner: 'terraform' } }),
  ],
  ['new and peered, the database being of Terraform', inOwnVpc({ peering }, { owner: 'terraform' })],
  ['existing', another(existing)],
  ['existing, in another VPC', another(existingElsewhere, { functionSubnets })],
  [
    'existing, in another VPC, the database being of SST',
    another(existingElsewhere, { functionSubnets, owner: 'sst' }),
  ],
  [
    'with an archive of logs, its export, a retention of rows, and everything that recordings can have',
    (stage) => {
      Object.assign(stage.database, {
        retentionDays: { replays: 30, events: 395, sessions: 395 },
        alarms: { maxConnections: 844, readers: true },
      });
      stage.storage = {
        logArchive: { exportLogGroups: ['audit'] },
        openReplayOrigins: ['https://openreplay.example.com'],
        operatorRoleArns: ['arn:aws:iam::111122223333:role/Operator'],
        requestMetrics: true,
      };
    },
  ],
  [
    'with encrypted alerts and a budget of the stage',
    (_, cost) => {
      Object.assign(cost, {
        encryptAlerts: true,
        stageLimits: { dev: 40 },
        anomalies: { minimum: 5 },
        explorerReportSchedule: 'cron(0 7 2 * ? *)',
      });
    },
  ],
  [
    'with recordings that go with the stage',
    (stage) => {
      stage.storage = { autoDelete: true };
    },
  ],
];

/** One of the ways by its name. */
export function modeOf(name: string): Change {
  const [, change] = MODES.find(([other]) => other === name) ?? [];
  if (!change) throw new Error(`There is no mode ${name}.`);
  return change;
}

/** The configuration of a stage that is set up in one of the ways. */
export function configOf(change: Change): ReturnType<typeof exampleConfig> {
  const config = exampleConfig();
  change(config.stages['dev'] as Stage, Object.values(config.accounts)[0]?.cost as Cost);
  return config;
}

/** The app of it. */
export function appOf(change: Change): App {
  return appOfConfig(configOf(change));
}

export function assemblyOf(change: Change): CloudAssembly {
  return appOf(change).synth();
}

/** A resource of an assembly. */
export interface Resource {
  readonly stack: string;
  readonly id: string;
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** The resources of all stacks. */
export function resourcesOf({ stacks }: Pick<CloudAssembly, 'stacks'>): Resource[] {
  return stacks.flatMap(({ stackName: stack, template }) =>
    Object.entries(template.Resources as { [id: string]: Resource }).map(([id, resource]) => ({
      ...resource,
      Properties: resource.Properties ?? {},
      stack,
      id,
    })),
  );
}

/** The properties of the resources of a type, of one stack or of all. */
export function ofType(assembly: CloudAssembly, type: string, ofStack?: string): Resource['Properties'][] {
  return resourcesOf(assembly)
    .filter(({ Type, stack }) => Type === type && (ofStack === undefined || stack === ofStack))
    .map(({ Properties }) => Properties);
}
