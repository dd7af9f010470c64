import { resolve } from 'node:path';
import type { Command } from 'commander';
import { requireCredentials } from '../account/require-account';
import { CommandError, EXIT } from '../command-error';
import { renderTable } from '../report/table';
import { print, say } from '../report/terminal';
import { idsOf, VERIFIED_SECTIONS } from '../verification';
import { loadStage } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';
import { verifyStage } from './verify/run';

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
  const { report, page } = await verifyStage(chosen, { config, ids, since, output });
  const { checks } = report;
  print(json ? JSON.stringify(report, null, 2) : renderTable({ checks }, VERIFIED_SECTIONS));
  say(`Report: ${page}`);
  if (checks.some(({ status }) => status === 'fail')) return EXIT.failed;
  return checks.some(({ missingRight }) => missingRight !== undefined) ? EXIT.account : 0;
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
