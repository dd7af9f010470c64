import { overlaps, PRIVATE_BLOCKS } from '@user-metrics/network';
import { blocksWithout, cellsOf } from './acl-cells';
import { type Acl, type AclRule, type Facts, INTERNET, type Ports, type Subnet } from './facts';

/** Ports that Linux answers to, and those that NAT gateways and Lambda may use besides (VPC guide, "Ephemeral ports"). */
const OF_LINUX: Ports = { from: 32768, to: 60999 };
const OF_ALL: Ports = { from: 1024, to: 65535 };

/** Something that a network ACL does not let through. */
export interface AclProblem {
  readonly text: string;
  /** Whether some of the addresses are let through, or only ports are shut that most clients never use. */
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
    const problem = problemOf(rules, peer, ports, isAnswer ? OF_LINUX : ports);
    if (!problem) return [];
    const what = isAnswer ? `answers on ports ${ports.from}-${ports.to}` : `port ${ports.from}`;
    const way = isEgress ? `out of ${subnet.id} to` : `into ${subnet.id} from`;
    const text = `${acl.id} does not let ${what} ${way} ${problem.peer} (rule ${problem.rule})`;
    return [{ text, isRare: problem.isRare }];
  });
}

/** Rules for 10.0.0.0/8 say nothing of the internet. */
const PUBLIC = blocksWithout(INTERNET, PRIVATE_BLOCKS);

/** What a peer is not let through, and the rule that shuts it; nothing when all is let through. */
function problemOf(rules: readonly AclRule[], peer: string, ports: Ports, needed: Ports) {
  const cells = (peer === INTERNET ? PUBLIC : [peer]).flatMap((block) => cellsOf(rules, block, ports));
  // A Deny for a part of the internet is for somebody else.
  const shut = cells.filter(({ rule }) => !rule?.isAllowed && !(peer === INTERNET && rule && rule.cidr !== INTERNET));
  const [first] = shut;
  if (!first) return undefined;
  const serious = shut.filter((cell) => cell.ports.from <= needed.to && cell.ports.to >= needed.from);
  const isPart = cells.some(({ cidr, rule }) => rule?.isAllowed && !serious.some((cell) => overlaps(cell.cidr, cidr)));
  const { cidr, rule } = serious[0] ?? first;
  const part = peer === INTERNET ? `a part of ${peer}` : `${cidr}, a part of ${peer}`;
  return { isRare: isPart, peer: serious.length > 0 && isPart ? part : peer, rule: rule?.number ?? '*' };
}
