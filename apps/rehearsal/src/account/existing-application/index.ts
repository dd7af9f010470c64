import type { Stage } from '@user-metrics/foundation';
import type { Application } from '../../database/application';
import type { DatabaseServer } from '../../database/server';
import type { Aws } from '../aws';
import { createBilling } from './billing';
import { type ApplicationDatabase, createDatabase } from './database';
import { createFrontend } from './frontend';
import { createFunctions } from './functions';
import { type ApplicationNetwork, createNetwork } from './network';

/** The application that was there before: everything of it that the foundation could touch. */
export interface ExistingApplication {
  readonly network: ApplicationNetwork;
  readonly database: ApplicationDatabase;
  readonly distributionId: string;
}

/** Makes the application in the account. */
export async function createExistingApplication(
  aws: Aws,
  accountId: string,
  stage: Stage,
  application: Application,
  server: DatabaseServer,
): Promise<ExistingApplication> {
  const network = await createNetwork(aws, stage);
  const database = await createDatabase(aws, network, application);
  await createFunctions(aws, network, application, server);
  const distributionId = await createFrontend(aws);
  await createBilling(aws, accountId);
  return { network, database, distributionId };
}
