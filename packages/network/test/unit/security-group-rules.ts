import type { Stack } from 'aws-cdk-lib/core';
import { ofType, type Properties, propertiesOf, target } from './template';

type Direction = 'Ingress' | 'Egress';

const PEERS = {
  Ingress: ['CidrIp', 'CidrIpv6', 'SourcePrefixListId', 'SourceSecurityGroupId'],
  Egress: ['CidrIp', 'CidrIpv6', 'DestinationPrefixListId', 'DestinationSecurityGroupId'],
};

/** The rules of all security groups, in the group or as resources of their own: `LoadBalancer: tcp 443 pl-1 (Why)`. */
export function rulesOf(stack: Stack, direction: Direction): string[] {
  const groups = ofType(stack, 'AWS::EC2::SecurityGroup');
  const inline = groups.flatMap(([logicalId, { Properties }]) =>
    ((Properties[`SecurityGroup${direction}`] ?? []) as Properties[]).map((rule) => describe(logicalId, rule)),
  );
  const apart = propertiesOf(stack, `AWS::EC2::SecurityGroup${direction}`).map((rule) =>
    describe(target(rule['GroupId']), rule),
  );
  return [...inline, ...apart].sort();

  function describe(group: string, rule: Properties): string {
    const peers = PEERS[direction].flatMap((peer) => rule[peer] ?? []).map((peer) => shortName(target(peer)));
    const protocol = rule['IpProtocol'] === '-1' ? 'all' : rule['IpProtocol'];
    const ports = [...new Set([rule['FromPort'], rule['ToPort']].filter((port) => port !== undefined))].join('-');
    return `${shortName(group)}: ${[protocol, ports, ...peers].filter(Boolean).join(' ')} (${rule['Description']})`;
  }

  function shortName(logicalId: string): string {
    return groups.some(([id]) => id === logicalId) ? logicalId.replace(/^Groups|[0-9A-F]{8}$/g, '') : logicalId;
  }
}

/** Security groups with no outbound rule in themselves: EC2 creates such a group with all outbound traffic allowed. */
export function openedByEc2(stack: Stack): string[] {
  return ofType(stack, 'AWS::EC2::SecurityGroup')
    .filter(([, { Properties }]) => ((Properties['SecurityGroupEgress'] ?? []) as unknown[]).length === 0)
    .map(([logicalId]) => logicalId);
}
