import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkFoundation, type Foundation, type Stage } from '@user-metrics/foundation';
import type { Application } from '../database/application';
import { BASELINE_SECONDS } from '../database/database-under-test';
import type { DatabaseServer } from '../database/server';
import type { AccountConfig } from './account';
import type { ExistingApplication } from './existing-application';
import { APPLICATION_FUNCTIONS } from './existing-application/functions';

/** A function of the application that queries its database. */
const [PROBE = ''] = Object.keys(APPLICATION_FUNCTIONS);

/** Where the stage of the user's configuration goes. */
export interface Target {
  readonly accountId: string;
  readonly stage: string;
  readonly existingApplication: ExistingApplication;
  readonly application: Application;
  readonly server: DatabaseServer;
}

/** A change of the configuration between two deployments. */
export type Change = (stage: Writable<Stage>, foundation: Writable<Foundation>) => void;

type Writable<T> = T extends readonly (infer Item)[]
  ? Writable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Writable<T[Key]> }
    : T;

/** The user's stage with the ids of the rehearsal's account; the user's own file is not touched. */
export function pointAt(foundation: Foundation, target: Target): Foundation {
  const { accountId, stage, existingApplication, application, server } = target;
  const { account, network, database, storage, ...rest } = foundation.stages[stage] as Stage;
  const { cost, permissionsBoundary, ...ofAccount } = foundation.accounts[account] as Foundation['accounts'][string];
  const limit = cost.stageLimits[stage];
  return {
    ...foundation,
    // The other stages are not here.
    accounts: {
      [accountId]: {
        ...ofAccount,
        permissionsBoundary: permissionsBoundary?.replace(`::${account}:`, `::${accountId}:`),
        cost: { ...cost, stageLimits: limit === undefined ? {} : { [stage]: limit } },
      },
    },
    stages: {
      [stage]: {
        ...rest,
        // No page of the application is served here.
        probes: { lambda: PROBE },
        account: accountId,
        network: withPrefixList(pointNetworkAt(network, existingApplication), existingApplication),
        storage: {
          ...storage,
          // It is shown first that data is kept, and in the end that it goes on request.
          autoDelete: false,
          operatorRoleArns: storage.operatorRoleArns?.map((arn) => arn.replace(`::${account}:`, `::${accountId}:`)),
        },
        database: {
          ...database,
          autoDelete: false,
          clusterIdentifier: existingApplication.database.clusterIdentifier,
          host: existingApplication.database.host,
          port: existingApplication.database.port,
          name: application.database,
          databaseRole: application.databaseRole,
          adminSecretArn: existingApplication.database.adminSecretArn,
          adminSecretKmsKeyArn: undefined,
          securityGroupId: existingApplication.network.databaseSecurityGroupId,
          vpcId: existingApplication.network.vpcId,
          functionSubnets: database.functionSubnets && functionSubnets(existingApplication),
          certificateAuthority: server.caCertificate,
          baselineSeconds: BASELINE_SECONDS,
        },
      },
    },
  };
}

/** CloudFront's prefix list has another id in each Region, and in the emulator. */
function withPrefixList(network: Stage['network'], { network: theirs }: ExistingApplication): Stage['network'] {
  const { cloudFrontPrefixListId } = network.loadBalancer;
  const id = cloudFrontPrefixListId && theirs.cloudFrontPrefixListId;
  return { ...network, loadBalancer: { ...network.loadBalancer, cloudFrontPrefixListId: id } };
}

function pointNetworkAt(network: Stage['network'], { network: theirs }: ExistingApplication): Stage['network'] {
  switch (network.mode) {
    case 'inside':
      return {
        ...network,
        vpcId: theirs.vpcId,
        internetGatewayId: theirs.internetGatewayId,
        natGatewayId: network.natGatewayId && theirs.natGatewayId,
      };
    case 'new':
      return {
        ...network,
        peering: network.peering && { ...network.peering, routeTableIds: [theirs.privateRouteTableId] },
      };
    case 'existing':
      return {
        ...network,
        vpcId: theirs.vpcId,
        publicSubnets: [...theirs.named.publicSubnets],
        privateSubnets: [...theirs.named.privateSubnets],
      };
  }
}

function functionSubnets({ network }: ExistingApplication): { subnetId: string; availabilityZone: string }[] {
  return network.privateSubnets.map(({ subnetId, availabilityZone }) => ({ subnetId, availabilityZone }));
}

/**
 * Writes a configuration into a folder of the rehearsal's own.
 *
 * @throws ConfigError when what was pointed at the account is no configuration
 */
export function writeConfig(folder: string, foundation: Foundation, change: Change = () => {}): AccountConfig {
  const copy = structuredClone(foundation) as Writable<Foundation>;
  for (const stage of Object.values(copy.stages)) change(stage, copy);
  const file = join(folder, 'foundation.config.mjs');
  writeFileSync(file, `export default ${JSON.stringify(copy, null, 2)};\n`);
  return { file, foundation: checkFoundation(JSON.parse(JSON.stringify(copy)), file) };
}
