import { Command, CommanderError } from 'commander';
import { accessLost } from '../account/access-lost';
import { CommandError, EXIT } from '../command-error';
import { ConfigError } from '../config';
import { assumeTerminalWidth, say } from '../report/terminal';
import type { End } from './options';

/** Each one is loaded when it is wanted: the AWS SDK, which some do without, takes a third of a second. */
const COMMANDS: { readonly [name: string]: () => Promise<(program: Command, end: End) => void> } = {
  init: async () => (await import('./init.js')).addInit,
  synth: async () => (await import('./synth.js')).addSynth,
  preflight: async () => (await import('./preflight.js')).addPreflight,
  diff: async () => (await import('./diff.js')).addDiff,
  deploy: async () => (await import('./deploy.js')).addDeploy,
  destroy: async () => (await import('./destroy.js')).addDestroy,
  estimate: async () => (await import('./estimate.js')).addEstimate,
  'alert-test': async () => (await import('./alert-test.js')).addAlertTest,
  'cost-review': async () => (await import('./cost-review.js')).addCostReview,
  snapshot: async () => (await import('./snapshot.js')).addSnapshot,
  baseline: async () => (await import('./baseline.js')).addBaseline,
  verify: async () => (await import('./verify.js')).addVerify,
};

/** Runs the command line and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  assumeTerminalWidth();
  // A busy account throttles: the SDK waits longer each time, and gives up after its third attempt.
  process.env['AWS_MAX_ATTEMPTS'] ??= '5';
  let exitCode = 0;
  const program = createProgram();
  const named = Object.entries(COMMANDS).filter(([name]) => name === args[0]);
  for (const [, load] of named.length > 0 ? named : Object.entries(COMMANDS))
    (await load())(program, (code) => {
      exitCode = code;
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    return report(accessLost(args[0] ?? 'The command', error) ?? error);
  }
}

function report(error: unknown): number {
  if (error instanceof ConfigError) {
    say(error.message);
    return EXIT.usage;
  }
  if (error instanceof CommandError) {
    say(error.message);
    return error.exitCode;
  }
  if (isOfFileSystem(error)) {
    say(`${error.message}. Make room, or name another place for the file, such as with --output.`);
    return EXIT.failed;
  }
  // Anything else is a mistake of ours, or a finding of the validation, whose message is the report.
  say(error instanceof Error ? ((isFinding(error) ? error.message : error.stack) ?? error.message) : String(error));
  return EXIT.failed;
}

/** What a disk or a folder answers. */
const OF_FILE_SYSTEM = ['EACCES', 'EDQUOT', 'EISDIR', 'ENOSPC', 'ENOTDIR', 'EPERM', 'EROFS'];

function isOfFileSystem(error: unknown): error is NodeJS.ErrnoException {
  return (
    error instanceof Error && 'syscall' in error && OF_FILE_SYSTEM.includes((error as NodeJS.ErrnoException).code ?? '')
  );
}

function isFinding(error: Error): boolean {
  return error.name === 'ValidationFailed' || /validation failed/i.test(error.message);
}

function createProgram(): Command {
  return new Command('user-metrics')
    .description('Deploys the AWS foundation for self-hosted Umami and OpenReplay')
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 wrong command or configuration, 3 the AWS account is not ready (credentials, bootstrap).
Arguments after -- are passed to the CDK CLI, e.g.: user-metrics deploy --stage dev -- --require-approval never`,
    );
}
