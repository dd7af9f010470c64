import { databaseSchema } from './database';
import { across, object } from './expectations';
import { accountId, regionName } from './identifiers';
import { networkSchema } from './network';
import { probesSchema } from './probes';
import { storageSchema } from './storage';

/** One copy of the foundation, in one account. */
export const stageSchema = across(
  object(
    {
      account: accountId,
      /** Region of the stage. @default - that of the account */
      region: regionName.optional(),
      network: networkSchema,
      database: databaseSchema,
      storage: storageSchema.prefault({}),
      /** Health probes of the application, for `verify`. @default - none */
      probes: probesSchema.optional(),
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
    if (!network || !database) return;
    const { mode, vpcId, databaseCidrBlocks } = network as { [key: string]: unknown };
    if (vpcId !== undefined && vpcId === database.vpcId) return;
    if (mode === 'inside' && vpcId !== undefined && database.vpcId !== undefined) {
      report(
        ['network', 'vpcId'],
        vpcId,
        `must be the VPC of the database, ${database.vpcId}`,
        "Choose a /24 of that VPC, or mode 'new' with peering for a VPC of its own",
      );
      return;
    }
    if (
      mode === 'existing' &&
      vpcId !== undefined &&
      database.vpcId !== undefined &&
      databaseCidrBlocks === undefined
    ) {
      report(
        ['network', 'databaseCidrBlocks'],
        undefined,
        "must be the CIDR blocks of the database's subnets, because the network is not in its VPC",
        'Connect the two VPCs by a peering connection or a transit gateway of yours, and give the blocks that it leads to',
      );
    }
    if (database.functionSubnets !== undefined) return;
    report(
      ['database', 'functionSubnets'],
      undefined,
      "must name subnets of the database's VPC, because the network is not in it",
      'Give [{ subnetId, availabilityZone }, …] with a way to Secrets Manager (NAT or interface endpoint)',
    );
  },
);
