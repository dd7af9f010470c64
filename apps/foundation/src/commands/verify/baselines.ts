import { databaseFacts } from '../../account/database-function';
import type { DeployedStage } from '../../account/deployed-stage';
import { once } from '../../account/recorded-calls';
import { firstCaptureFile, snapshotFolder } from '../../snapshot';
import type { VerifiedStage } from '../../verification';
import type { ChosenStage } from '../assembly/synthesise';
import { compareWithNow } from '../steps/measure-baseline';

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
    return compareWithNow(deployed, before);
  });
}
