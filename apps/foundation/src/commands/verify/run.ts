import { clientsFor } from '../../account/clients';
import type { DeployedStage } from '../../account/deployed-stage';
import { recordCalls } from '../../account/recorded-calls';
import { withResourcesListedOnce } from '../../account/stack-resources';
import { countByStatus } from '../../report/count';
import { Progress } from '../../report/progress';
import { writeReport } from '../../report/write-report';
import { idsOf, VERIFIED_SECTIONS, verifyCriteria } from '../../verification';
import type { ChosenStage } from '../assembly/synthesise';
import { comparison, databaseBefore, snapshotBefore } from './before';
import { emulatorOf } from './endpoint';
import type { VerifyReport } from './report-schema';
import { subjectOf } from './subject';

/** What is verified, and where the report goes. */
export interface VerifyRun {
  /** File of the configuration. */
  readonly config: string;
  /** @default - every criterion */
  readonly ids?: ReturnType<typeof idsOf>;
  /** Snapshot to compare with. @default - the newest of before the first deployment */
  readonly since?: string | undefined;
  /** Folder of the report. */
  readonly output: string;
}

/** Verifies criteria of a deployed stage, and writes the report; gives the path of the page. */
export async function verifyStage(
  chosen: ChosenStage,
  { config, ids = idsOf(undefined), since, output }: VerifyRun,
): Promise<{ report: VerifyReport; page: string }> {
  const before = snapshotBefore(chosen, config, since);
  const named = since === undefined ? undefined : before;
  const deployed = { ...deployedStage(chosen), ...databaseBefore(chosen, config, named) };
  const progress = new Progress(ids.length);
  const checks = await verifyCriteria({ ...deployed, compared: comparison(deployed, before) }, ids, ({ id, status }) =>
    progress.step(`${id} ${status}`),
  );
  progress.end();
  const report: VerifyReport = {
    version: 1,
    title: `Verification of stage ${chosen.stage}`,
    stage: chosen.stage,
    account: chosen.account,
    region: chosen.region,
    isEmulated: deployed.isEmulated ?? false,
    subject: await subjectOf(chosen, { config, endpoint: emulatorOf(), before }),
    finishedAt: new Date().toISOString(),
    counts: Object.fromEntries(countByStatus(checks)),
    checks: checks as VerifyReport['checks'],
  };
  return { report, page: writeReport(output, report, VERIFIED_SECTIONS) };
}

/** The stage with clients for the Regions of its stacks. */
export function deployedStage({ foundation, stage, account: id, region, costRegion }: ChosenStage): DeployedStage {
  const aws = clientsFor({ region });
  recordCalls(aws);
  const deployed = { id, region, stage, config: { foundation }, aws, isEmulated: emulatorOf() !== undefined };
  if (costRegion === region) return withResourcesListedOnce(deployed);
  const costAws = clientsFor({ region: costRegion });
  recordCalls(costAws);
  return withResourcesListedOnce({ ...deployed, costAws });
}
