import type { Baseline } from '@user-metrics/umami-db/verification';
import type { ComparedBaselines, VerifiedStage } from '../verified-stage';

/** The database before the first DDL and now. */
export interface ObservedBaselines extends ComparedBaselines {
  /** Whether an emulator was asked: PostgreSQL then shares its processors with everything else. @default false */
  readonly isEmulated?: boolean;
}

/** Why nothing can be said without a baseline. */
export const NO_BASELINE =
  'there is no baseline of before the first DDL: deploy takes one at the first deployment of a stage, and keeps it in snapshots/<account>/<stage>/';

/** Reads both once for the criteria that are about them. */
export async function baselinesOf({ baselines, isEmulated = false }: VerifiedStage): Promise<ObservedBaselines> {
  return { ...(await baselines?.()), isEmulated };
}

/** Which figures there are, and of when. */
export function inWords({ figures, identity: { capturedAt, seconds } }: Baseline): string {
  const ofCloudWatch = figures.filter(({ group }) => group === 'cloudwatch').length;
  return `${figures.length} figures, ${ofCloudWatch} of them of CloudWatch, within ${seconds} s on ${capturedAt}`;
}
