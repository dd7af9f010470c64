import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { failureOf } from '../cli/failure';
import {
  addCaptureOptions,
  addCommonOptions,
  addPurgeOptions,
  addSecretOptions,
  addSecretValueOptions,
  addTargetOptions,
  addUmamiOptions,
  type Flags,
} from '../cli/options';
import { Output } from '../cli/output';
import { forCommandLine } from '../cli/words';
import { captureCommand, compareCommand } from './baseline';
import { provisionCommand } from './provision';
import { purgeCommand } from './purge';
import { rollbackCommand } from './rollback';
import { rotateCommand } from './rotate';
import { scriptCommand } from './script';
import { snapshotCommand } from './snapshot';
import { statusCommand } from './status';
import { upgradePlanCommand } from './upgrade-plan';
import { verifyCommand } from './verify';

const EXIT_CODES = `
Exit codes:
  0   done, or nothing to do
  1   the database is not as it has to be; the message says what to do
  2   invalid usage: see the message
  3   verify found something, or a figure of a baseline is worse
  4   purge ended at its time limit: run it again to continue
  70  something unexpected failed
  130 stopped by Ctrl-C`;

const { version } = JSON.parse(readFileSync(require.resolve('@user-metrics/umami-db/package.json'), 'utf8'));

const DRY_RUN = ['--dry-run', 'say what would be done, and do nothing'] as const;

const CONFIRM = ['--confirm <database>', 'name of the database, instead of the question on a terminal'] as const;

function program(onExit: (code: number) => void): Command {
  const umamiDb = new Command('umami-db')
    .description('An isolated schema for Umami in an existing PostgreSQL')
    .version(version)
    .addHelpText('after', EXIT_CODES)
    .exitOverride();
  const add = (
    name: string,
    description: string,
    action: (flags: never, output: Output) => Promise<number>,
    addOptions = addCommonOptions,
    parent = umamiDb,
  ) =>
    addOptions(parent.command(name).description(description))
      .addHelpText('after', EXIT_CODES)
      .action(async (flags: Flags) => {
        onExit(await action(flags as never, new Output(flags.json ?? false)));
      });
  const provision = add('provision', 'Makes or migrates schema, database role and secret', provisionCommand);
  addSecretValueOptions(addTargetOptions(provision))
    .option(...DRY_RUN)
    .option(
      '--snapshot <cluster>',
      'take a snapshot of this DB cluster, and wait for it, before a schema with tables is migrated',
    );
  addSecretValueOptions(
    addTargetOptions(
      add(
        'script',
        'Prints the SQL of what provision would do now, for psql; writes the secret that belongs to it, and ends an interrupted change of the password',
        scriptCommand,
      ),
    ),
  ).option('--dry-run', 'print it for reading, and write no secret');
  addTargetOptions(add('status', 'Prints what exists and who owns it', statusCommand));
  addTargetOptions(
    add(
      'upgrade-plan',
      'Tells what an upgrade of the schema does, how long it takes, and in which order to stop, migrate and start; changes nothing',
      upgradePlanCommand,
    ),
  );
  add(
    'snapshot',
    'Describes the schemas, grants and database roles of others by counts and hashes, without data: two of them show what changed',
    snapshotCommand,
  );
  addSecretOptions(addTargetOptions(add('verify', 'Checks that all is as it should be, and isolated', verifyCommand)));
  addSecretOptions(
    add('rotate', 'Gives the database role, or the one of two that is not in use, a new password', rotateCommand),
  )
    .option('--force', 'of two database roles: also while tasks are connected as the one that gets the new password')
    .option(...DRY_RUN);
  add('rollback', 'Removes schema, data, grants and database role', rollbackCommand)
    .option('--force', "end Umami's connections")
    .option(...CONFIRM)
    .option(...DRY_RUN);
  addPurgeOptions(add('purge', 'Deletes rows that are older than an age', purgeCommand, addUmamiOptions))
    .option(...CONFIRM)
    .option(...DRY_RUN);
  const baseline = umamiDb
    .command('baseline')
    .description('Measures the database, and compares two measurements; changes nothing');
  const capture = 'Measures the database within one window, and prints the baseline as JSON';
  add('capture', capture, captureCommand, addCaptureOptions, baseline);
  baseline
    .command('compare <before> <after>')
    .description('Compares two files of capture: better, the same or worse, and what noise alone would do')
    .option('--json', 'print the result as JSON')
    .addHelpText('after', EXIT_CODES)
    .action((before: string, after: string, { json = false }: { json?: boolean }) =>
      onExit(compareCommand(before, after, new Output(json))),
    );
  return umamiDb;
}

/**
 * Runs a command.
 *
 * @returns its exit code
 */
export async function main(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  try {
    await program((code) => (exitCode = code)).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    const { code, exitCode: ofCommander } = error as Error & { code?: string; exitCode?: number };
    // Help ends with 0; of anything else commander has printed what was wrong.
    if (code?.startsWith('commander.')) return ofCommander === 0 ? 0 : 2;
    const { exitCode: failed, text } = failureOf(error);
    const sentence = forCommandLine(text);
    // A program that asked for JSON gets one object whatever happens; a person reads the sentence.
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ error: sentence }, null, 2)}\n`);
    process.stderr.write(`${sentence}\n`);
    return failed;
  }
}
