import type { DeployedStage } from '../../account/deployed-stage';
import { readOrMissing } from '../../account/missing-right';
import { recordedClients } from '../../account/recorded-clients';
import { stackResources, withResourcesListedOnce } from '../../account/stack-resources';
import { CommandError } from '../../command-error';
import { countByStatus } from '../../report/count';
import { Progress } from '../../report/progress';
import { writeReport } from '../../report/write-report';
import type { Snapshot } from '../../snapshot';
import { parseStageStackName } from '../../stacks/stack-names';
import { idsOf, VERIFIED_SECTIONS, verifyCriteria } from '../../verification';
import { deployedStage } from '../assembly/deployed-stage';
import type { ChosenStage } from '../assembly/synthesise';
import { comparedBaselines } from './baselines';
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
  /** Reads what exists now and is not managed by the stacks. @default - from the account */
  readonly read?: () => Promise<Snapshot>;
}

/**
 * Verifies criteria of a deployed stage, and writes the report; gives the path of the page.
 *
 * @throws CommandError when no stack of the stage is deployed
 */
export async function verifyStage(
  chosen: ChosenStage,
  { config, ids = idsOf(undefined), since, output, read }: VerifyRun,
): Promise<{ report: VerifyReport; page: string }> {
  const before = snapshotBefore(chosen, config, since);
  const named = since === undefined ? undefined : before;
  const deployed = { ...verifiedStage(chosen), ...databaseBefore(chosen, config, named) };
  await requireDeployed(deployed);
  const compared = comparison(deployed, before, read);
  const baselines = comparedBaselines(deployed, chosen, config);
  const progress = new Progress(ids.length);
  const checks = await verifyCriteria({ ...deployed, compared, baselines }, ids, ({ id, status }) =>
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
function verifiedStage(chosen: ChosenStage): DeployedStage {
  const { region, costRegion } = chosen;
  const deployed = { ...deployedStage(chosen), isEmulated: emulatorOf() !== undefined };
  if (costRegion === region) return withResourcesListedOnce(deployed);
  return withResourcesListedOnce({ ...deployed, costAws: recordedClients(costRegion) });
}

/** Without any stack each criterion would fail. Where the stacks may not be listed, the criteria say so. */
async function requireDeployed(deployed: DeployedStage): Promise<void> {
  const { stage, id, region } = deployed;
  const resources = await readOrMissing(() => stackResources(deployed));
  if (!Array.isArray(resources) || resources.some(({ stack }) => parseStageStackName(stack)?.stage === stage)) return;
  throw new CommandError(
    `Stage ${stage} has no stack in account ${id}, ${region}: there is nothing to verify. Deploy it with: npx projen deploy --stage ${stage}`,
  );
}
