import type { DeployedStage } from '../../account/deployed-stage';
import { once } from '../../account/recorded-calls';
import {
  compareSnapshots,
  firstWithDatabase,
  newestBeforeFirstDeployment,
  readSnapshot,
  type Snapshot,
  snapshotFolder,
  takeSnapshot,
} from '../../snapshot';
import type { VerifiedStage } from '../../verification';
import type { ChosenStage } from '../assembly/synthesise';

/** What existed before the first deployment. */
export interface Before {
  readonly file: string;
  readonly snapshot: Snapshot;
}

/**
 * The snapshot of before the first deployment, or the one that is named.
 *
 * @throws CommandError when the file is no snapshot
 */
export function snapshotBefore(chosen: ChosenStage, config: string, since: string | undefined): Before | undefined {
  if (since === undefined) return newestBeforeFirstDeployment(snapshotFolder(config, chosen));
  return { file: since, snapshot: readSnapshot(since) };
}

/** The database of the snapshot that is named, else of the first one that holds it. */
export function databaseBefore(
  chosen: ChosenStage,
  config: string,
  named: Before | undefined,
): Pick<DeployedStage, 'databaseBefore'> {
  const from = named ?? firstWithDatabase(snapshotFolder(config, chosen));
  if (!from || !('schemas' in from.snapshot.database)) return {};
  const { takenAt, database } = from.snapshot;
  return {
    databaseBefore: { takenAt, isChosen: named !== undefined, database },
  };
}

/** Reads once what exists now, and compares it with what existed before. */
export function comparison(
  deployed: DeployedStage,
  before: Before | undefined,
): NonNullable<VerifiedStage['compared']> {
  return once(async () => {
    if (!before) return undefined;
    const { aws, costAws, id: account, region, stage, config } = deployed;
    const now = await takeSnapshot({
      aws,
      costAws,
      foundation: config.foundation,
      account,
      region,
      stage,
      database: async () => ({ notRead: 'verify asks the database function' }),
      now: new Date(),
    });
    return { file: before.file, before: before.snapshot, comparison: compareSnapshots(before.snapshot, now) };
  });
}
