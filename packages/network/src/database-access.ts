import { checkProps, oneOf, PORT, type Rules } from '@user-metrics/tagging/props';
import { CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { knownBlocks } from './known-blocks';
import { NetworkError } from './network-error';
import { REMOVED_OWNER, SECURITY_GROUP } from './prop-rules';
import { stableId } from './stable-id';

/**
 * Who lets Umami and the database function reach the cluster:
 * - `present`: the cluster's security group lets them in already;
 * - `rule`: a rule is added to the group, which no other tool owns;
 * - `print`: the owner of the group adds the rule; `requiredRules` says which.
 */
export type DatabaseAccessMode = 'present' | 'rule' | 'print';

/** A client of the database that is known by its addresses alone. */
export interface DatabaseClientBlocks {
  /** IPv4 CIDR blocks of exactly the subnets that it runs in. */
  readonly cidrBlocks: readonly string[];
}

/** Props of {@link DatabaseAccess}. */
export interface DatabaseAccessProps {
  /** Who changes the cluster's security group. */
  readonly mode: DatabaseAccessMode;
  /** Security group of the cluster; nothing of it is changed but the rules added under `rule`. */
  readonly clusterSecurityGroup: ISecurityGroup;
  /** Port of the cluster. */
  readonly port: number;
  /**
   * Who connects to it, by name: security groups, or CIDR blocks where EC2 would refuse to name the group, which it does for a
   * VPC that is not peered with the cluster's (VPC peering guide, "Update your security groups").
   */
  readonly clients: { readonly [name: string]: ISecurityGroup | DatabaseClientBlocks };
}

/** An inbound rule of the cluster's security group, for TCP. */
export interface RequiredRule {
  /** Unique among the rules of this construct, and the same at every synth. */
  readonly id: string;
  /** Security group that gets the rule. */
  readonly groupId: string;
  /** Port of the cluster. */
  readonly port: number;
  /** Security group that connects. @default - `cidrIp` connects */
  readonly sourceSecurityGroupId?: string;
  /** IPv4 CIDR block that connects. @default - `sourceSecurityGroupId` connects */
  readonly cidrIp?: string;
  /** Description of the rule. */
  readonly description: string;
}

const RULES: Rules<DatabaseAccessProps & { readonly owner?: never }> = {
  mode: oneOf('present', 'rule', 'print'),
  clusterSecurityGroup: SECURITY_GROUP,
  port: PORT,
  owner: REMOVED_OWNER,
  clients: {
    must: 'security groups, or objects with `cidrBlocks`, by name',
    fix: 'Give for example { Umami: groups.umami }.',
    accepts: (clients) =>
      typeof clients === 'object' &&
      clients !== null &&
      !Array.isArray(clients) &&
      Object.values(clients).every(isClient),
  },
};

function isClient(client: unknown): boolean {
  if (typeof client !== 'object' || client === null) return false;
  return 'securityGroupId' in client || ('cidrBlocks' in client && Array.isArray(client.cidrBlocks));
}

/**
 * The smallest change that lets Umami reach an existing cluster: one inbound rule for each client, or for each of its CIDR
 * blocks, each a resource of its own, so that destroying the stack takes away exactly these and nothing of the group's owner is replaced.
 *
 * @example
 * new DatabaseAccess(stack, 'DatabaseAccess', {
 *   mode: 'rule',
 *   clusterSecurityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Cluster', 'sg-0123456789abcdef0'),
 *   port: 5432,
 *   clients: { Umami: groups.umami },
 * });
 */
export class DatabaseAccess extends Construct {
  /** Rules that the owner of the security group has to add; empty unless the mode is `print`. */
  readonly requiredRules: readonly RequiredRule[];

  /** @throws NetworkError for a wrong mode, port, security group or client */
  constructor(scope: Construct, id: string, props: DatabaseAccessProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    const { mode, clusterSecurityGroup, port, clients } = props;
    const rules = Object.entries(clients).flatMap(([name, client]) =>
      sourcesOf(name, client).map((source) => ({
        ...source,
        groupId: clusterSecurityGroup.securityGroupId,
        port,
        description: `${name} of the observability foundation`,
      })),
    );
    if (mode === 'rule') {
      for (const { id, port, ...rule } of rules) {
        new CfnSecurityGroupIngress(this, id, { ...rule, ipProtocol: 'tcp', fromPort: port, toPort: port });
      }
    }
    this.requiredRules = mode === 'print' ? rules : [];
  }
}

/** What a client connects from, one entry a rule. */
function sourcesOf(
  name: string,
  client: ISecurityGroup | DatabaseClientBlocks,
): Pick<RequiredRule, 'id' | 'sourceSecurityGroupId' | 'cidrIp'>[] {
  if (!('cidrBlocks' in client)) return [{ id: name, sourceSecurityGroupId: client.securityGroupId }];
  knownBlocks('clients', client.cidrBlocks, 'aws ec2 describe-subnets');
  return client.cidrBlocks.map((cidrIp, index) => ({ id: `${name}-${stableId(cidrIp, index)}`, cidrIp }));
}
