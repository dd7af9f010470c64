import { askDatabaseFunction } from '../account/database-function';
import type { DeployedStage } from '../account/deployed-stage';
import { CommandError } from '../command-error';
import { orUnknown } from './or-unknown';
import type { Snapshot } from './schema';

/** What others have in the database, from the function inside the VPC; what belongs to Umami is left out. */
export async function databaseOfOthers(deployed: Pick<DeployedStage, 'aws' | 'stage'>): Promise<Snapshot['database']> {
  const read = await orUnknown(async () => {
    try {
      const { database, server, schemas, serverObjects } = await askDatabaseFunction(deployed, 'snapshot');
      return { database, server, schemas, serverObjects };
    } catch (error) {
      if (error instanceof CommandError) return { notRead: error.message };
      throw error;
    }
  });
  return read as Snapshot['database'];
}
