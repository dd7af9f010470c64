import { resolve } from 'node:path';
import { countByStatus } from '../../report/count';
import { say } from '../../report/terminal';
import type { Snapshot } from '../../snapshot';
import type { ChosenStage } from '../assembly/synthesise';
import { verifyStage } from '../verify/run';

/** Criteria that the summary shows; the report has all. */
const SHOWN = 4;

/** What the criteria gave after a deployment. */
export interface VerifiedDeployment {
  /** For the summary, at most 7 lines. */
  readonly lines: readonly string[];
  readonly failed: number;
}

/**
 * Verifies every criterion of the stage that was just deployed. What may not be read fails no deployment.
 *
 * @param read gives what exists now: the deployment has just read it
 */
export async function verified(
  target: ChosenStage,
  config: string,
  read: () => Promise<Snapshot>,
): Promise<VerifiedDeployment> {
  say(`Verifying stage ${target.stage} …`);
  const { report, page } = await verifyStage(target, { config, read, output: resolve('verification') });
  const failed = report.checks.filter(({ status }) => status === 'fail');
  const counts = countByStatus(report.checks).map(([status, count]) => `${count} ${status}`);
  const more = failed.length - SHOWN;
  const lines = [
    `Criteria: ${counts.join(', ')}`,
    ...failed.slice(0, SHOWN).map(({ id, evidence }) => `  ${id} fail: ${evidence}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `Report: ${page}`,
  ];
  return { lines, failed: failed.length };
}
