import { checkProps, oneOf, optional, PORT, type Rules } from '@user-metrics/tagging/props';
import { CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { knownBlocks } from './known-blocks';
import { NetworkError } from './network-error';
import { RESOURCE_OWNER, type RequiredRule, type ResourceOwner, ruleInstruction } from './owner-instructions';
import { SECURITY_GROUP } from './prop-rules';
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
   * What manages the security group, and so what the lines are written in that its owner has to add.
   *
   * @default 'none'
   */
  readonly owner?: ResourceOwner;
  /**
   * Who connects to it, by name: security groups, or CIDR blocks where EC2 would refuse to name the group, which it does for a
   * VPC that is not peered with the cluster's (VPC peering guide, "Update your security groups").
   */
  readonly clients: { readonly [name: string]: ISecurityGroup | DatabaseClientBlocks };
}

const RULES: Rules<DatabaseAccessProps> = {
  mode: oneOf('present', 'rule', 'print'),
  clusterSecurityGroup: SECURITY_GROUP,
  port: PORT,
  owner: optional(RESOURCE_OWNER),
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
  /**
   * Lines that the owner of the security group has to add to its configuration, one entry a rule; empty unless the mode is
   * `print`.
   */
  readonly requiredRules: readonly string[];

  /** @throws NetworkError for a wrong mode, port, owner, security group or client */
  constructor(scope: Construct, id: string, props: DatabaseAccessProps) {
    super(scope, id);
    checkProps(props, RULES, NetworkError);
    const { mode, clusterSecurityGroup, port, owner = 'none', clients } = props;
    const groupId = clusterSecurityGroup.securityGroupId;
    const rules = Object.entries(clients).flatMap(([name, client]) => rulesOf(name, client));
    if (mode === 'rule') {
      for (const { id, name, source } of rules) {
        new CfnSecurityGroupIngress(this, id, {
          groupId,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          ...('groupId' in source ? { sourceSecurityGroupId: source.groupId } : { cidrIp: source.cidrBlock }),
          description: `${name} of the observability foundation`,
        });
      }
    }
    this.requiredRules =
      mode === 'print' ? rules.map((rule) => ruleInstruction(owner, { ...rule, groupId, port })) : [];
  }
}

/** The rules of a client: one, or one for each of its blocks. */
function rulesOf(
  name: string,
  client: ISecurityGroup | DatabaseClientBlocks,
): Pick<RequiredRule, 'id' | 'name' | 'source'>[] {
  if (!('cidrBlocks' in client)) return [{ id: name, name, source: { groupId: client.securityGroupId } }];
  knownBlocks('clients', client.cidrBlocks, 'aws ec2 describe-subnets');
  return client.cidrBlocks.map((cidrBlock, index) => ({
    id: `${name}-${stableId(cidrBlock, index)}`,
    name,
    source: { cidrBlock },
  }));
}
