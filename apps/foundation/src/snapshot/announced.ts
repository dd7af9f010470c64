import { TAG_KEYS } from '@user-metrics/tagging/schema';
import type { Foundation, Stage } from '../config';
import { stageStackName } from '../stacks/stack-names';
import { isUnknown } from './kind';
import type { Managed } from './managed';
import type { Snapshot } from './schema';

/** Place in a snapshot, such as `security group > sg-1 > inbound > sgr-1`. */
export function placeOf(...path: readonly string[]): string {
  return path.join(' > ');
}

interface Where {
  readonly foundation: Foundation;
  readonly account: string;
  readonly region: string;
  readonly managed: Managed;
  readonly services: Snapshot['services'];
}

/** What the configuration lets the stacks change of resources that are not theirs, by place, with the setting that says so. */
export function announcedBy({ foundation, account, region, managed, services }: Where): Snapshot['announced'] {
  const stages = Object.entries(foundation.stages).filter(
    ([, stage]) => stage.account === account && stage.region === region,
  );
  const ofStages = stages.flatMap(([name, stage]) => [
    ...databaseRules(name, stage, managed, services),
    ...routesBack(name, stage),
    ...addedBlock(name, stage, managed, services),
    ...keptBuckets(name, services),
  ]);
  const tags = TAG_KEYS.map((key) => [placeOf('cost allocation tag', key), 'the tag keys of the foundation'] as const);
  return Object.fromEntries([...ofStages, ...tags]);
}

type Announcement = readonly [place: string, setting: string];

const setting = (stage: string, path: string) => `stages.${stage}.${path}`;

/** Resources of a kind; none where they could not be read. */
function read(services: Snapshot['services'], service: string, kind: string): [id: string, properties: object][] {
  const found = services[service]?.[kind];
  return found === undefined || isUnknown(found) ? [] : Object.entries(found).map(([id, value]) => [id, Object(value)]);
}

/** Rules that let security groups of the stacks in. The stacks add them, or a person does from the lines that deploy prints. */
function databaseRules(
  stage: string,
  { database }: Stage,
  managed: Managed,
  services: Snapshot['services'],
): Announcement[] {
  return read(services, 'security groups', 'security group')
    .filter(([id]) => id === database.securityGroupId)
    .flatMap(([id, { inbound }]: [string, { inbound?: object }]) =>
      Object.entries(inbound ?? {}).flatMap(([rule, words]): Announcement[] => {
        const [, source] = new RegExp(`^tcp ${database.port} from (sg-\\w+)`).exec(String(words)) ?? [];
        const isOurs =
          managed.has('AWS::EC2::SecurityGroupIngress', rule) || managed.has('AWS::EC2::SecurityGroup', source);
        return isOurs ? [[placeOf('security group', id, 'inbound', rule), setting(stage, 'database.access')]] : [];
      }),
    );
}

function routesBack(stage: string, { network }: Stage): Announcement[] {
  if (network.mode !== 'new' || !network.peering) return [];
  return network.peering.routeTableIds.map((table) => [
    placeOf('route table', table, 'routes', network.block),
    setting(stage, 'network.peering.routeTableIds'),
  ]);
}

/** A secondary block gives each route table of the VPC a local route. */
function addedBlock(
  stage: string,
  { network }: Stage,
  managed: Managed,
  services: Snapshot['services'],
): Announcement[] {
  if (network.mode !== 'inside' || !network.addBlock) return [];
  const because = setting(stage, 'network.addBlock');
  const association = managed.resources.find(({ type }) => type === 'AWS::EC2::VPCCidrBlock')?.physicalId ?? '';
  const tables = read(services, 'network', 'route table').filter(
    ([, { VpcId }]: [string, { VpcId?: unknown }]) => VpcId === network.vpcId,
  );
  return [
    // The physical id is the VPC and the association.
    [placeOf('VPC', network.vpcId, 'cidrBlocks', association.split('|').at(-1) ?? ''), because],
    ...tables.map(([id]): Announcement => [placeOf('route table', id, 'routes', network.block), because]),
  ];
}

/** A deleted stack leaves its buckets behind, and CloudFormation names a bucket after its stack. */
function keptBuckets(stage: string, services: Snapshot['services']): Announcement[] {
  const prefix = stageStackName(stage, 'Storage').toLowerCase().slice(0, 24);
  return ['bucket', 'tagged resource'].flatMap((kind) =>
    read(services, kind === 'bucket' ? 'buckets' : 'tags', kind)
      .filter(([id]) => id.replace(/^arn:[\w-]+:s3:::/, '').startsWith(prefix))
      .map(([id]): Announcement => [placeOf(kind, id), setting(stage, 'storage.autoDelete')]),
  );
}
