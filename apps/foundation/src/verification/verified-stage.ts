import type { DeployedStage } from '../account/deployed-stage';

/** A deployed stage with what is read once for many criteria. */
export interface VerifiedStage extends DeployedStage {}
