import type { DeployedStage } from '../../account/deployed-stage';
import { once } from '../../account/recorded-calls';
import {
  compareSnapshots,
  firstCaptureFile,
  firstWithDatabase,
  newestBeforeFirstDeployment,
  readSnapshot,
  type Snapshot,
  type SnapshotFile,
  snapshotFolder,
  takeSnapshot,
} from '../../snapshot';
import type { VerifiedStage } from '../../verification';
import type { ChosenStage } from '../assembly/synthesise';

/**
 * The snapshot of before the first deployment, or the one that is named.
 *
 * @throws CommandError when the file is no snapshot
 */
export function snapshotBefore(
  chosen: ChosenStage,
  config: string,
  since: string | undefined,
): SnapshotFile | undefined {
  if (since === undefined) return newestBeforeFirstDeployment(snapshotFolder(config, chosen));
  return { file: since, snapshot: readSnapshot(since) };
}

/** The database of the snapshot that is named, else of before the first DDL, else of the first snapshot that holds it. */
export function databaseBefore(
  chosen: ChosenStage,
  config: string,
  named: SnapshotFile | undefined,
): Pick<DeployedStage, 'databaseBefore'> {
  const folder = snapshotFolder(config, chosen);
  const { capturedAt: takenAt, snapshot: database } = (named ? undefined : firstCaptureFile(folder)?.capture) ?? {};
  if (takenAt && database) return { databaseBefore: { takenAt, isBefore: true, database } };
  const from = named ?? firstWithDatabase(folder);
  if (!from || !('schemas' in from.snapshot.database)) return {};
  const { snapshot } = from;
  return {
    databaseBefore: { takenAt: snapshot.takenAt, isBefore: named !== undefined, database: from.snapshot.database },
  };
}

/**
 * Compares once what existed before with what exists now.
 *
 * @param read reads what exists now. @default - from the account
 */
export function comparison(
  deployed: DeployedStage,
  before: SnapshotFile | undefined,
  read = () => existingNow(deployed),
): NonNullable<VerifiedStage['compared']> {
  return once(async () => {
    if (!before) return undefined;
    return { file: before.file, before: before.snapshot, comparison: compareSnapshots(before.snapshot, await read()) };
  });
}

function existingNow({ aws, costAws, id: account, region, stage, config }: DeployedStage): Promise<Snapshot> {
  return takeSnapshot({
    aws,
    costAws,
    foundation: config.foundation,
    account,
    region,
    stage,
    database: async () => ({ notRead: 'verify asks the database function' }),
    now: new Date(),
  });
}
