import type { Stage } from '@user-metrics/foundation';
import type { Application } from '../../database/application';
import type { DatabaseServer } from '../../database/server';
import type { Aws } from '../aws';
import { createBilling } from './billing';
import { createDatabase, type NeighbourDatabase } from './database';
import { createFrontend } from './frontend';
import { createFunctions } from './functions';
import { createNetwork, type NeighbourNetwork } from './network';

/** The application that was there before: everything of it that the foundation could touch. */
export interface Neighbour {
  readonly network: NeighbourNetwork;
  readonly database: NeighbourDatabase;
  readonly distributionId: string;
}

/** Makes the application in the account. */
export async function createNeighbour(
  aws: Aws,
  accountId: string,
  stage: Stage,
  application: Application,
  server: DatabaseServer,
): Promise<Neighbour> {
  const network = await createNetwork(aws, stage);
  const database = await createDatabase(aws, network, application);
  await createFunctions(aws, network, application, server);
  const distributionId = await createFrontend(aws);
  await createBilling(aws, accountId);
  return { network, database, distributionId };
}
