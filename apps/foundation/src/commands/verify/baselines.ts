import { type Baseline, compareBaselines, extendBaseline } from '@user-metrics/umami-db/verification';
import { askDatabaseFunction, databaseFacts } from '../../account/database-function';
import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { once } from '../../account/recorded-calls';
import { clusterMetricsBeforeAndAfter } from '../../cluster-metrics';
import { firstCaptureFile, snapshotFolder } from '../../snapshot';
import type { VerifiedStage } from '../../verification';
import type { ChosenStage } from '../assembly/synthesise';

/** Compares once the database of before the first DDL with now: what PostgreSQL says, and CloudWatch of the same weekday hours. */
export function comparedBaselines(
  deployed: DeployedStage,
  chosen: ChosenStage,
  config: string,
): NonNullable<VerifiedStage['baselines']> {
  return once(async () => {
    const before = firstCaptureFile(snapshotFolder(config, chosen))?.capture.baseline;
    if (!before) return {};
    // Attempts to break the isolation would be measured too.
    await databaseFacts(deployed).catch(() => {});
    const after = await measuredNow(deployed, before);
    const { clusterIdentifier } = stageOf(deployed).database;
    const changedAt = new Date(before.identity.capturedAt);
    const metrics = await clusterMetricsBeforeAndAfter(deployed.aws, clusterIdentifier, changedAt);
    const [one, other] = metrics
      ? [extendBaseline(before, metrics.before), extendBaseline(after, metrics.after)]
      : [before, after];
    return { before: one, comparison: compareBaselines(one, other), hasHours: metrics !== undefined };
  });
}

/** Within a window of the same length. */
async function measuredNow(deployed: DeployedStage, { identity }: Baseline): Promise<Baseline> {
  const seconds = Math.max(1, Math.round(identity.seconds));
  const { action: _, ...baseline } = await askDatabaseFunction(deployed, 'baseline', { seconds });
  return baseline;
}
