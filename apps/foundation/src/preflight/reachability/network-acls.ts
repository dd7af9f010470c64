import { contains, overlaps } from '@user-metrics/network';
import { type Acl, type AclRule, type Facts, INTERNET, type Ports, type Subnet } from './facts';

/** Ports that Linux answers to, and those that NAT gateways and Lambda may use besides (VPC guide, "Ephemeral ports"). */
const OF_LINUX: Ports = { from: 32768, to: 60999 };
const OF_ALL: Ports = { from: 1024, to: 65535 };

/** Something that a network ACL does not let through. */
export interface AclProblem {
  readonly text: string;
  /** Whether only ports are shut that most clients never use. */
  readonly isRare: boolean;
}

/** The ACL of a subnet: the one that it is associated with, else the default one of its VPC, which new subnets get. */
function aclOf(subnet: Subnet, { acls }: Facts): Acl | undefined {
  return (
    acls.find(({ subnetIds }) => subnetIds.includes(subnet.id)) ??
    acls.find(({ vpcId, isDefault }) => isDefault && vpcId === subnet.vpcId)
  );
}

/** What the ACLs on both ends do not let through of a connection and its answers. Within a subnet none applies. */
export function aclProblems(from: Subnet, to: Subnet | typeof INTERNET, port: number, facts: Facts): AclProblem[] {
  if (to === INTERNET) return atEnd(from, INTERNET, { out: { from: port, to: port } }, facts);
  if (from.id === to.id) return [];
  return [
    ...atEnd(from, to.cidr, { out: { from: port, to: port } }, facts),
    ...atEnd(to, from.cidr, { in: { from: port, to: port } }, facts),
  ];
}

/** What the ACL of one end shuts: the ports of the service one way, those of the answers the other. */
function atEnd(subnet: Subnet, peer: string, service: { in?: Ports; out?: Ports }, facts: Facts): AclProblem[] {
  const acl = aclOf(subnet, facts);
  // A VPC that is still to be made has the default ACL, which lets everything through.
  if (!acl || acl.rules.length === 0) return [];
  const ways = [
    { isEgress: true, ports: service.out ?? OF_ALL, isAnswer: !service.out },
    { isEgress: false, ports: service.in ?? OF_ALL, isAnswer: !service.in },
  ];
  return ways.flatMap(({ isEgress, ports, isAnswer }) => {
    const rules = acl.rules.filter((rule) => rule.isEgress === isEgress);
    const by = shutBy(rules, peer, ports);
    if (by === undefined) return [];
    const isRare = isAnswer && shutBy(rules, peer, OF_LINUX) === undefined;
    const what = isAnswer ? `answers on ports ${ports.from}-${ports.to}` : `port ${ports.from}`;
    const way = isEgress ? `out of ${subnet.id} to ${peer}` : `into ${subnet.id} from ${peer}`;
    return [{ text: `${acl.id} does not let ${what} ${way} (rule ${by})`, isRare }];
  });
}

/**
 * The rule that shuts some of the ports, in the order of the numbers; nothing when all are let through. A Deny for part of the
 * peer shuts it; for a part of the internet it does not.
 */
function shutBy(rules: readonly AclRule[], peer: string, ports: Ports): number | '*' | undefined {
  let open: Ports[] = [ports];
  for (const rule of [...rules].sort((one, other) => one.number - other.number)) {
    if (rule.isAllowed) {
      if (contains(rule.cidr, peer)) open = open.flatMap((range) => without(range, rule));
    } else if (peer === INTERNET ? rule.cidr === INTERNET : overlaps(rule.cidr, peer)) {
      if (open.some(({ from, to }) => rule.from <= to && rule.to >= from)) return rule.number;
    }
    if (open.length === 0) return undefined;
  }
  return '*';
}

function without({ from, to }: Ports, taken: Ports): Ports[] {
  if (taken.to < from || taken.from > to) return [{ from, to }];
  return [
    { from, to: taken.from - 1 },
    { from: taken.to + 1, to },
  ].filter((rest) => rest.from <= rest.to);
}
