import { CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { type ResourceOwner, ruleInstruction } from './owner-instructions';

/**
 * Who lets Umami and the database function reach the cluster:
 * - `present`: the cluster's security group lets them in already;
 * - `rule`: a rule is added to the group, which no other tool owns;
 * - `print`: the owner of the group adds the rule; `requiredRules` says which.
 */
export type DatabaseAccessMode = 'present' | 'rule' | 'print';

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
  /** Security groups that connect to it, by name. */
  readonly clients: { readonly [name: string]: ISecurityGroup };
}

/**
 * The smallest change that lets Umami reach an existing cluster: one inbound rule for each client, each a resource of
 * its own, so that destroying the stack takes away exactly these and nothing of the group's owner is replaced.
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

  constructor(scope: Construct, id: string, props: DatabaseAccessProps) {
    super(scope, id);
    const { mode, clusterSecurityGroup, port, owner = 'none', clients } = props;
    const groupId = clusterSecurityGroup.securityGroupId;
    if (mode === 'rule') {
      for (const [name, client] of Object.entries(clients)) {
        new CfnSecurityGroupIngress(this, name, {
          groupId,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          sourceSecurityGroupId: client.securityGroupId,
          description: `${name} of the observability foundation`,
        });
      }
    }
    this.requiredRules =
      mode === 'print'
        ? Object.entries(clients).map(([name, { securityGroupId: sourceGroupId }]) =>
            ruleInstruction(owner, { name, groupId, sourceGroupId, port }),
          )
        : [];
  }
}
