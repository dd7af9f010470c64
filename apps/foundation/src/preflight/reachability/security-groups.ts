import { contains } from '@user-metrics/network';
import { blocksOf, type Facts, type Subnet } from './facts';

/**
 * Whether the inbound rules of a security group let a client in. A rule that names the group itself lets in only what is in the
 * group.
 *
 * @param clientGroups security groups of the client
 */
export function letsIn(
  groupId: string,
  client: Pick<Subnet, 'cidr'>,
  clientGroups: readonly string[],
  port: number,
  facts: Facts,
): boolean {
  const rules = facts.groups.find(({ id }) => id === groupId)?.ingress ?? [];
  return rules.some(({ peer, from, to }) => {
    if (port < from || port > to) return false;
    return clientGroups.includes(peer) || blocksOf(peer, facts).some((block) => contains(block, client.cidr));
  });
}
