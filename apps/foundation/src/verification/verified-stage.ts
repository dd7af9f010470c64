import type { DeployedStage } from '../account/deployed-stage';
import type { Comparison, Snapshot } from '../snapshot';

/** What existed before the first deployment, compared with now. */
export interface ComparedStage {
  /** File of the snapshot. */
  readonly file: string;
  readonly before: Snapshot;
  readonly comparison: Comparison;
}

/** A deployed stage with what is read once for many criteria. */
export interface VerifiedStage extends DeployedStage {
  /** Compares with the snapshot of before the first deployment; nothing when there is none. @default - there is none */
  readonly compared?: () => Promise<ComparedStage | undefined>;
}
