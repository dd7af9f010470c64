import type { IpPermission } from '@aws-sdk/client-ec2';
import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { published } from '../../account/published';
import { resourcesOf } from '../../account/stack-resources';
import { type Criterion, differencesOf } from '../criterion';
import { expectedRules } from './expected-rules';

/** A security group with its rules. */
export interface ObservedGroup {
  readonly id: string;
  /** What the rules of other groups call it. */
  readonly name: string;
  readonly ingress: readonly IpPermission[];
  readonly egress: readonly IpPermission[];
}

/** Group of the database, which belongs to the application. */
const DATABASE = 'database';

const PUBLISHED = {
  'load balancer': 'network/load-balancer-security-group-id',
  Umami: 'network/umami-security-group-id',
  OpenReplay: 'network/openreplay-security-group-id',
  functions: 'network/application-functions-security-group-id',
} as const;

/** `1.1.AC3`: every rule of every group of the stacks, and their rules in the group of the database. */
export const securityGroups: Criterion<readonly ObservedGroup[]> = {
  id: '1.1.AC3',
  async observe(deployed) {
    const groups: ObservedGroup[] = [];
    for (const [id, name] of await groupNames(deployed)) {
      const { SecurityGroups: [group] = [] } = await deployed.aws.ec2.describeSecurityGroups({ GroupIds: [id] });
      groups.push({ id, name, ingress: group?.IpPermissions ?? [], egress: group?.IpPermissionsEgress ?? [] });
    }
    return groups;
  },
  evaluate(groups, expected) {
    const names = new Map(groups.map(({ id, name }) => [id, name]));
    const rules = expectedRules(expected);
    const { existingDatabaseRules: existing } = expected;
    const wrong: string[] = [];
    let count = 0;
    for (const { name, ingress, egress } of groups) {
      const found = [
        ...ingress.flatMap((permission) => describe('in from', permission, names)),
        ...egress.flatMap((permission) => describe('out to', permission, names)),
      ];
      const ours = rules[name] ?? [];
      const others = name === DATABASE ? (existing ?? found.filter((rule) => !ours.includes(rule))) : [];
      wrong.push(...differencesOf(name, found, [...others, ...ours]));
      count += found.length;
    }
    return { wrong, evidence: `${count} rules of ${[...names.values()].join(', ')}` };
  },
};

/** Names of the groups by id. */
async function groupNames(deployed: DeployedStage): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const [name, parameter] of Object.entries(PUBLISHED)) names.set(await published(deployed, parameter), name);
  const others = (await resourcesOf(deployed, 'AWS::EC2::SecurityGroup')).filter(
    ({ physicalId }) => !names.has(physicalId),
  );
  for (const { physicalId, logicalId } of others)
    names.set(physicalId, /DatabaseFunction/.test(logicalId) ? 'database function' : logicalId);
  names.set(stageOf(deployed).database.securityGroupId, DATABASE);
  return names;
}

function describe(direction: string, permission: IpPermission, names: ReadonlyMap<string, string>): string[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  const peers = [
    ...IpRanges.map(({ CidrIp }) => CidrIp),
    ...Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6),
    ...PrefixListIds.map(({ PrefixListId }) => PrefixListId),
    ...UserIdGroupPairs.map(({ GroupId = '' }) => names.get(GroupId) ?? GroupId),
  ];
  const { IpProtocol, FromPort, ToPort } = permission;
  const ports = IpProtocol === '-1' ? 'all' : [...new Set([FromPort, ToPort])].join('-');
  return peers.map((peer) => `${direction} ${peer}: ${ports}`);
}
