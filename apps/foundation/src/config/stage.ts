import { databaseSchema } from './database';
import { across, object } from './expectations';
import { accountId } from './identifiers';
import { networkSchema } from './network';
import { storageSchema } from './storage';

/** One copy of the foundation, in one account. */
export const stageSchema = across(
  object(
    {
      account: accountId,
      network: networkSchema,
      database: databaseSchema,
      storage: storageSchema.prefault({}),
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
