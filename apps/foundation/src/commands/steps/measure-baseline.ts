import {
  type Baseline,
  type BaselineComparison,
  compareBaselines,
  extendBaseline,
} from '@user-metrics/umami-db/verification';
import { askDatabaseFunction } from '../../account/database-function';
import { type DeployedStage, stageOf } from '../../account/deployed-stage';
import { clusterMetrics, clusterMetricsBeforeAndAfter } from '../../cluster-metrics';

/** Measures the database of a stage within a window of some seconds, and reads what CloudWatch has of the last week. */
export async function measureBaseline(deployed: DeployedStage, seconds: number): Promise<Baseline> {
  const baseline = await measureDatabase(deployed, seconds);
  return extendBaseline(baseline, await clusterMetrics(deployed.aws, stageOf(deployed).database.clusterIdentifier));
}

/** An earlier baseline, one of now, and their comparison. */
export interface ComparedWithNow {
  readonly before: Baseline;
  readonly after: Baseline;
  readonly comparison: BaselineComparison;
  /** Whether CloudWatch has a whole hour since the earlier one. */
  readonly hasHours: boolean;
}

/** Measures a window of the same length, and compares; what CloudWatch has is of the same weekday hours before and after. */
export async function compareWithNow(deployed: DeployedStage, earlier: Baseline): Promise<ComparedWithNow> {
  const now = await measureDatabase(deployed, Math.max(1, Math.round(earlier.identity.seconds)));
  const { clusterIdentifier } = stageOf(deployed).database;
  const changedAt = new Date(earlier.identity.capturedAt);
  const metrics = await clusterMetricsBeforeAndAfter(deployed.aws, clusterIdentifier, changedAt);
  const [before, after] = metrics
    ? [extendBaseline(earlier, metrics.before), extendBaseline(now, metrics.after)]
    : [earlier, now];
  return { before, after, comparison: compareBaselines(before, after), hasHours: metrics !== undefined };
}

async function measureDatabase(deployed: DeployedStage, seconds: number): Promise<Baseline> {
  const { action: _, ...baseline } = await askDatabaseFunction(deployed, 'baseline', { seconds });
  return baseline;
}
