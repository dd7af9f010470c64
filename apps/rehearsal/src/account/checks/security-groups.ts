import type { IpPermission } from '@aws-sdk/client-ec2';
import { type Account, stageOf } from '../account';
import { published } from '../published';
import { ourResources } from '../stack-resources';
import { type AccountCheck, differencesOf, type Finding } from './account-check';

/** Ports of OpenReplay: behind the load balancer, for events of functions, and among its own tasks. */
const OPENREPLAY = { ingestion: 8080, visited: [8000, 8080, 9001], internal: [2049, 5432, 6379, 8123, 9000, 9001] };

/** `1.1.AC3`: every rule of every group of ours, and ours on the database's. */
export const securityGroups: AccountCheck = {
  id: '1.1.AC3',
  async look(account): Promise<Finding> {
    const names = await groupNames(account);
    const expected = expectedRules(account);
    const wrong: string[] = [];
    let count = 0;
    for (const [id, name] of names) {
      const { SecurityGroups: [group] = [] } = await account.aws.ec2.describeSecurityGroups({ GroupIds: [id] });
      const found = [
        ...(group?.IpPermissions ?? []).flatMap((permission) => describe('in from', permission, names)),
        ...(group?.IpPermissionsEgress ?? []).flatMap((permission) => describe('out to', permission, names)),
      ];
      wrong.push(...differencesOf(name, found, expected[name] ?? []));
      count += found.length;
    }
    return { wrong, evidence: `${count} rules of ${[...names.values()].join(', ')}` };
  },
};

const OF_CONTRACT = {
  'load balancer': 'network/load-balancer-security-group-id',
  Umami: 'network/umami-security-group-id',
  OpenReplay: 'network/openreplay-security-group-id',
  functions: 'network/application-functions-security-group-id',
} as const;

/** Names of the groups by id. */
async function groupNames(account: Account): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [name, parameter] of Object.entries(OF_CONTRACT)) names.set(await published(account, parameter), name);
  const others = (await ourResources(account)).filter(
    ({ type, physicalId }) => type === 'AWS::EC2::SecurityGroup' && !names.has(physicalId),
  );
  for (const { physicalId, logicalId } of others)
    names.set(physicalId, /DatabaseFunction/.test(logicalId) ? 'database function' : logicalId);
  names.set(stageOf(account).database.securityGroupId, 'database');
  return names;
}

/** What the rules have to be, by group. */
function expectedRules(account: Account): { readonly [group: string]: readonly string[] } {
  const { network, database } = stageOf(account);
  const { cloudFrontPrefixListId, cidrBlocks = [] } = network.loadBalancer;
  const each = (ports: readonly number[], rule: (port: number) => string) => ports.map(rule);
  const access = database.access ?? (database.owner === 'none' ? 'rule' : 'print');
  const umamiReaches = network.mode !== 'new' || network.peering !== undefined;
  // In another VPC, to which means of the user's own lead, both sides are known by their blocks.
  const blocks = network.mode === 'existing' ? network.databaseCidrBlocks : undefined;
  const tasks =
    blocks && network.mode === 'existing' ? network.privateSubnets.map(({ cidrBlock }) => cidrBlock) : ['Umami'];
  const clients = ['database function', ...(umamiReaches ? tasks : [])];
  const toDatabase = `out to database: ${database.port}`;
  return {
    'load balancer': [
      ...(cloudFrontPrefixListId ? [`in from ${cloudFrontPrefixListId}: 443`] : []),
      ...cidrBlocks.flatMap((block) => [`in from ${block}: 443`, `in from ${block}: 80`]),
      'out to Umami: 3000',
      ...each(OPENREPLAY.visited, (port) => `out to OpenReplay: ${port}`),
      // EC2 opens a group that is created without any outbound rule.
      'out to 127.0.0.1/32: all',
    ],
    functions: ['out to Umami: 3000', `out to OpenReplay: ${OPENREPLAY.ingestion}`, 'out to 127.0.0.1/32: all'],
    Umami: [
      'in from load balancer: 3000',
      'in from functions: 3000',
      'out to 0.0.0.0/0: 443',
      ...(umamiReaches && !blocks ? [toDatabase] : []),
      ...(blocks ?? []).map((block) => `out to ${block}: ${database.port}`),
    ],
    OpenReplay: [
      `in from functions: ${OPENREPLAY.ingestion}`,
      ...each(OPENREPLAY.visited, (port) => `in from load balancer: ${port}`),
      ...each(OPENREPLAY.internal, (port) => `in from OpenReplay: ${port}`),
      ...each(OPENREPLAY.internal, (port) => `out to OpenReplay: ${port}`),
      'out to 0.0.0.0/0: 443',
      'out to 0.0.0.0/0: 587',
    ],
    'database function': ['out to 0.0.0.0/0: 443', toDatabase],
    database: [
      `in from ${account.neighbour.network.functionSecurityGroupId}: 5432`,
      'out to 0.0.0.0/0: all',
      ...(access === 'rule' ? clients.map((client) => `in from ${client}: ${database.port}`) : []),
    ],
  };
}

function describe(way: string, permission: IpPermission, names: ReadonlyMap<string, string>): string[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const peers = [
    ...IpRanges.map(({ CidrIp }) => CidrIp),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
    ...PrefixListIds.map(({ PrefixListId }) => PrefixListId),
    ...UserIdGroupPairs.map(({ GroupId = '' }) => names.get(GroupId) ?? GroupId),
  ];
  const { IpProtocol, FromPort, ToPort } = permission;
  const ports = IpProtocol === '-1' ? 'all' : [...new Set([FromPort, ToPort])].join('-');
  return peers.map((peer) => `${way} ${peer}: ${ports}`);
}
