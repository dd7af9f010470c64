import { resolve } from 'node:path';
import type { Command } from 'commander';
import { clientsFor } from '../account/clients';
import type { DeployedStage } from '../account/deployed-stage';
import { readOrMissing } from '../account/missing-right';
import { recordCalls } from '../account/recorded-calls';
import { requireCredentials } from '../account/require-account';
import { stackResources, withResourcesListedOnce } from '../account/stack-resources';
import { CommandError, EXIT } from '../command-error';
import { countByStatus } from '../report/count';
import { Progress } from '../report/progress';
import { renderTable } from '../report/table';
import { print, say } from '../report/terminal';
import { writeReport } from '../report/write-report';
import { parseStageStackName } from '../stacks/stack-names';
import { idsOf, VERIFIED_SECTIONS, verifyCriteria } from '../verification';
import { type ChosenStage, loadStage } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';
import { comparison, snapshotBefore } from './verify/before';
import { emulatorOf } from './verify/endpoint';
import type { VerifyReport } from './verify/report-schema';
import { subjectOf } from './verify/subject';

interface VerifyOptions extends CommonOptions {
  readonly only?: string;
  readonly since?: string;
  readonly json?: boolean;
  readonly output: string;
}

/** Verifies every criterion of a deployed stage from its account; 1 when one fails, 3 when a right is missing. */
async function verify({ config, stage: name, only, since, json, output }: VerifyOptions): Promise<number> {
  const ids = idsOf(only);
  if (ids.length === 0)
    throw new CommandError(
      `--only must be a story or a criterion, such as 1.3 or 1.3.AC2, got: ${only}. Leave it out for all.`,
      EXIT.usage,
    );
  const chosen = await loadStage(config, name);
  await requireCredentials('verify', chosen);
  const before = snapshotBefore(chosen, config, since);
  const deployed = deployedStage(chosen);
  await requireDeployed(deployed);
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
  const page = writeReport(output, report, VERIFIED_SECTIONS);
  print(json ? JSON.stringify(report, null, 2) : renderTable({ checks }, VERIFIED_SECTIONS));
  say(`Report: ${page}`);
  if (checks.some(({ status }) => status === 'fail')) return EXIT.failed;
  return checks.some(({ missingRight }) => missingRight !== undefined) ? EXIT.account : 0;
}

function deployedStage({ foundation, stage, account: id, region, costRegion }: ChosenStage): DeployedStage {
  const aws = clientsFor({ region });
  recordCalls(aws);
  const deployed = { id, region, stage, config: { foundation }, aws, isEmulated: emulatorOf() !== undefined };
  if (costRegion === region) return withResourcesListedOnce(deployed);
  const costAws = clientsFor({ region: costRegion });
  recordCalls(costAws);
  return withResourcesListedOnce({ ...deployed, costAws });
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

export function addVerify(program: Command, end: End): void {
  addCommand(program, 'verify', 'verify every criterion of a deployed stage from its account, by reading')
    .option('--only <id>', 'a story or a criterion, such as 1.3 or 1.3.AC2')
    .option('--since <file>', 'snapshot to compare with (default: the newest of before the first deployment)', (file) =>
      resolve(file),
    )
    .option('--json', 'print the report as JSON instead of a table')
    .option('--output <folder>', 'where the report goes', (folder) => resolve(folder), resolve('verification'))
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing failed, 1 a criterion failed, 2 wrong command or configuration, 3 no access, or a right is missing.',
    )
    .action(async (options) => end(await verify(options)));
}
