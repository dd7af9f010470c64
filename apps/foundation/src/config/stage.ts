import { databaseSchema } from './database';
import { across, number, object } from './expectations';
import { accountId } from './identifiers';
import { networkSchema } from './network';

const storage = object({
  /** Days after which a recording is deleted. @default 30 */
  retentionDays: number(
    'must be a whole number of days, 1 or more',
    'Leave it out for 30',
    (days) => Number.isInteger(days) && days >= 1,
  ).default(30),
});

/** One copy of the foundation, in one account. */
export const stageSchema = across(
  object(
    {
      account: accountId,
      network: networkSchema,
      database: databaseSchema,
      storage: storage.prefault({}),
    },
    'must be a stage with account, network and database',
    'Copy the stage of the example and put in your values',
  ),
  ({ network, database }, report) => {
    if ((database?.owner === 'sst' || database?.owner === 'terraform') && database.access === 'rule') {
      report(
        ['database', 'access'],
        'rule',
        `must be 'present' or 'print', because ${database.owner} puts back what it finds changed`,
        "Leave it out for 'print', which gives the lines for its configuration",
      );
    }
    const networkVpc = (network as { vpcId?: unknown } | undefined)?.vpcId;
    if (!network || !database || database.functionSubnets !== undefined) return;
    if (networkVpc !== undefined && networkVpc === database.vpcId) return;
    report(
      ['database', 'functionSubnets'],
      undefined,
      "must name subnets of the database's VPC, because the network is not in it",
      'Give [{ subnetId, availabilityZone }, …] with a way to Secrets Manager (NAT or interface endpoint)',
    );
  },
);
