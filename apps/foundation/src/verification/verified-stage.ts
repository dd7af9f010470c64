import type { Baseline, BaselineComparison } from '@user-metrics/umami-db/verification';
import type { DeployedStage } from '../account/deployed-stage';
import type { Comparison, Snapshot } from '../snapshot';

/** What existed before the first deployment, compared with now. */
export interface ComparedStage {
  /** File of the snapshot. */
  readonly file: string;
  readonly before: Snapshot;
  readonly comparison: Comparison;
}

/** The database before the first DDL, compared with now. */
export interface ComparedBaselines {
  /** @default - there is no baseline of before the first DDL */
  readonly before?: Baseline;
  readonly comparison?: BaselineComparison;
  /** Whether CloudWatch has a whole hour since the first DDL. */
  readonly hasHours?: boolean;
}

/** A deployed stage with what is read once for many criteria. */
export interface VerifiedStage extends DeployedStage {
  /** Compares with the snapshot of before the first deployment; nothing when there is none. @default - there is none */
  readonly compared?: () => Promise<ComparedStage | undefined>;
  /** Measures the database, and compares it with before the first DDL. @default - nothing is measured */
  readonly baselines?: () => Promise<ComparedBaselines>;
}
