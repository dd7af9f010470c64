import { CfnSecurityGroupIngress, type ISecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * Who lets Umami and the database function reach the cluster:
 * - `present`: the cluster's security group lets them in already;
 * - `rule`: a rule is added to the group, which no other tool owns;
 * - `print`: the owner of the group adds the rule; synth says which.
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
  /** Security groups that connect to it, by name. */
  readonly clients: { readonly [name: string]: ISecurityGroup };
}

/**
 * The smallest change that lets Umami reach an existing cluster: one inbound rule for each client, each a resource of
 * its own, so that destroying the stack takes away exactly these and nothing of the group's owner is replaced.
 */
export class DatabaseAccess extends Construct {
  /** Rules that the owner of the security group has to add; empty unless the mode is `print`. */
  readonly requiredRules: readonly string[];

  constructor(scope: Construct, id: string, props: DatabaseAccessProps) {
    super(scope, id);
    const { mode, clusterSecurityGroup, port, clients } = props;
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
      mode === 'print' ? Object.keys(clients).map((name) => `inbound tcp ${port} from ${name} into ${groupId}`) : [];
  }
}
