import type { Foundation, Stage } from '@user-metrics/foundation';
import type { LocalAws } from '@user-metrics/local-aws';
import type { CleanUp } from '../clean-up';
import { createApplication } from '../database/application';
import { withAdmin } from '../database/as-admin';
import type { DatabaseServer } from '../database/server';
import { takeSnapshot } from '../database/snapshot';
import { Workload } from '../database/workload';
import { RehearsalError } from '../rehearsal-error';
import { temporaryFolder } from '../temporary-folder';
import { type Account, oursIn } from './account';
import { type Caller, clientsFor } from './aws';
import { pointAt, writeConfig } from './config-copy';
import { createExistingApplication } from './existing-application';
import { describeApplication } from './existing-application/describe';

/** Where the account is, and what is to be deployed in it. */
export interface AccountOptions {
  readonly localAws: LocalAws;
  /** The user's own configuration. */
  readonly foundation: Foundation;
  readonly stage: string;
  readonly server: DatabaseServer;
  readonly cleanUp: CleanUp;
}

/** Makes the application in an empty account, and the copy of the configuration that names what is in it. */
export async function openAccount(options: AccountOptions): Promise<Account & { readonly workload: Workload }> {
  const { localAws, stage, server, cleanUp } = options;
  const foundation = inOneRegion(options.foundation, stage);
  const wanted = foundation.stages[stage] as Stage;
  const { region } = wanted;
  const { endpoint, credentials } = localAws;
  const caller: Caller = { endpoint, region, credentials };
  const aws = clientsFor(caller);
  const id = String((await aws.sts.getCallerIdentity({})).Account);
  const application = await createApplication(
    server,
    { database: wanted.database.name, databaseRole: wanted.database.databaseRole, names: 'fresh' },
    cleanUp,
  );
  const existingApplication = await createExistingApplication(aws, id, wanted, application, server);
  const folder = temporaryFolder('user-metrics-account-', cleanUp);
  const config = writeConfig(
    folder,
    pointAt(foundation, { accountId: id, stage, existingApplication, application, server }),
  );
  const snapshot = await withAdmin(application, (admin) => takeSnapshot(admin, application, oursIn({ config, stage })));
  // It works for a minute and more: at full speed it would take the machine from everything else.
  const workload = await Workload.start(application);
  cleanUp.add(() => workload.stop());
  return {
    id,
    region,
    caller,
    aws,
    isEmulated: true,
    env: environmentOf(localAws, region, folder),
    stage,
    config,
    server,
    application,
    existingApplication,
    existingDatabaseRules: [
      `in from ${existingApplication.network.functionSecurityGroupId}: 5432`,
      'out to 0.0.0.0/0: all',
    ],
    before: await describeApplication({ aws, accountId: id, existingApplication }),
    snapshot,
    workload,
  };
}

/** The whole rehearsal is in the Region of the cost stacks: there every type exists, and the emulator is the same everywhere. */
function inOneRegion(foundation: Foundation, stage: string): Foundation {
  const { account, region } = foundation.stages[stage] as Stage;
  const { cost } = foundation.accounts[account] as Foundation['accounts'][string];
  if (!cost.budget) {
    throw new RehearsalError(
      `The account of stage ${stage} has \`budget: false\`, which cannot be rehearsed: the checks of the account need its budget. Run \`npx projen rehearse --fast\`, which leaves the account out.`,
    );
  }
  return JSON.parse(JSON.stringify(foundation).replaceAll(region, cost.region));
}

/** What commands get: nothing that could lead them to another account. */
function environmentOf(localAws: LocalAws, region: string, folder: string): NodeJS.ProcessEnv {
  return {
    ...localAws.env,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The CLI remembers accounts by access key; what it remembers of this one goes with it.
    CDK_HOME: folder,
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    // The rehearsal begins with it; each further command would take seconds to validate the same templates again.
    CDK_VALIDATION: 'false',
  };
}
