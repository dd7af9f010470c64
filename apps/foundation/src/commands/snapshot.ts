import { resolve } from 'node:path';
import type { Command } from 'commander';
import { requireCredentials } from '../account/require-account';
import { EXIT } from '../command-error';
import { print } from '../report/terminal';
import { compareSnapshots, isUnannounced } from '../snapshot/compare';
import { readSnapshot } from '../snapshot/files';
import { comparisonInWords } from '../snapshot/words';
import { loadStage } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';
import { writeSnapshot } from './steps/write-snapshot';

/** Options of the command. */
interface SnapshotOptions extends CommonOptions {
  readonly output?: string;
  readonly json?: boolean;
}

async function snapshot({ config, stage, output, json }: SnapshotOptions): Promise<number> {
  const chosen = await loadStage(config, stage);
  await requireCredentials('snapshot', chosen);
  const { snapshot } = await writeSnapshot(chosen, config, output);
  if (json) print(JSON.stringify(snapshot, null, 2));
  return 0;
}

/** Compares two files; asks nobody. */
function compare(before: string, after: string, { json }: { readonly json?: boolean }): number {
  const comparison = compareSnapshots(readSnapshot(before), readSnapshot(after));
  print(json ? JSON.stringify(comparison, null, 2) : comparisonInWords(comparison).join('\n'));
  return comparison.differences.some(isUnannounced) ? EXIT.failed : 0;
}

export function addSnapshot(program: Command, end: End): void {
  const description =
    'write what exists in the account and is not managed by these stacks into a file; changes nothing';
  addCommand(program, 'snapshot', description)
    .option(
      '--output <file>',
      'file to write (default: snapshots/<account>/<stage>/<time>.json beside the configuration)',
      (file) => resolve(file),
    )
    .option('--json', 'print the snapshot as JSON too')
    .action(async (options) => end(await snapshot(options)))
    .command('compare <before> <after>')
    .description('say what is different in two snapshots; needs no account')
    .option('--json', 'print the differences as JSON')
    .addHelpText(
      'after',
      '\nExit code 1 for a change that the configuration does not announce, or for what could not be compared.',
    )
    // Commander gives `--json` to the command above.
    .action((before, after, _, command: Command) => end(compare(before, after, command.optsWithGlobals())));
}
