import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { assumeTerminalWidth, CommandError, ConfigError, EXIT, whenAskedToStop } from '@user-metrics/foundation';
import { renderTable, writeReport } from '@user-metrics/foundation/report';
import { LocalAwsError } from '@user-metrics/local-aws';
import { POSTGRES_VERSIONS, PostgresServerError } from '@user-metrics/postgres-server';
import { ProvisionError } from '@user-metrics/umami-db/runtime';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CleanUp } from './clean-up';
import type { RehearsalOptions } from './context';
import { RehearsalError } from './rehearsal-error';
import { rehearse } from './rehearse';
import { SECTIONS } from './report/check';

const DEFAULT_CONFIG = resolve(__dirname, '..', '..', '..', 'foundation', 'foundation.config.ts');

/** Longest wait for the step that runs to stop, in milliseconds. */
const STOP_TIMEOUT = 15_000;

interface CliOptions extends Omit<RehearsalOptions, 'configFile'> {
  readonly config: string;
  readonly json?: boolean;
}

/** Runs the command line and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  assumeTerminalWidth();
  // A relative folder would be another one for each child process with a working directory of its own.
  process.env['TMPDIR'] = resolve(tmpdir());
  const program = new Command('user-metrics-rehearsal')
    .description('Deploys the foundation into an emulated AWS account on this machine, and verifies it')
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .option('--stage <name>', 'stage of the configuration (not needed when there is only one)')
    .option('--config <file>', 'configuration file', (file) => resolve(file), DEFAULT_CONFIG)
    .addOption(
      new Option('--postgres <release>', 'PostgreSQL release to start; all but 17 are fetched on first use').choices(
        POSTGRES_VERSIONS,
      ),
    )
    .option('--port <number>', 'port that it is started on', port)
    .addOption(
      new Option(
        '--database-url <url>',
        'use a server of your own: the URL of somebody who may create databases and roles there',
      ).conflicts(['postgres', 'port']),
    )
    .option('--fast', 'leave out the account: only the database function, from the synthesized cloud assembly')
    .addOption(
      new Option(
        '--aws-endpoint <url>',
        'use an AWS emulator of your own on this machine, empty and with root credentials test/test',
      ).argParser(loopbackUrl),
    )
    .option('--require-aws', 'fail, instead of skipping the account, when there is no Python to run a local AWS')
    .option('--output <folder>', 'where the report goes', (folder) => resolve(folder), resolve('rehearsal'))
    .option('--json', 'print the report as JSON instead of a table')
    .addHelpText(
      'after',
      '\nExit codes: 0 every check passed, 1 a check failed or the rehearsal was interrupted, 2 invalid usage or configuration.',
    );
  try {
    program.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    throw error;
  }
  return run(program.opts<CliOptions>());
}

async function run({ config, json, ...options }: CliOptions): Promise<number> {
  const cleanUp = new CleanUp((problem) => process.stderr.write(`${problem}\n`));
  const controller = new AbortController();
  const rehearsal = rehearse({ ...options, configFile: config }, cleanUp, controller.signal);
  const release = whenAskedToStop(async (exitCode) => {
    controller.abort();
    process.stderr.write('\nStopping. What the rehearsal made is removed first; this takes up to half a minute.\n');
    await Promise.race([rehearsal, setTimeout(STOP_TIMEOUT)]);
    await cleanUp.run();
    process.exit(exitCode);
  });
  const { report, error } = await rehearsal;
  // The signal handler cleans up.
  if (controller.signal.aborted) return new Promise(() => {});
  await cleanUp.run();
  release();
  if (error && isBeforeTheStart(error)) return tell(error);
  const page = writeReport(options.output, report, SECTIONS);
  process.stdout.write(`${json ? JSON.stringify(report, null, 2) : renderTable(report, SECTIONS)}\n`);
  process.stderr.write(`Report: ${page}\n`);
  if (error) return tell(error);
  return [...report.checks, ...report.later].some(({ status }) => status === 'fail') ? EXIT.failed : 0;
}

/** A wrong configuration has no report: nothing was tried. */
function isBeforeTheStart(error: Error): boolean {
  return error instanceof ConfigError || error instanceof CommandError;
}

/** Says what stopped the rehearsal; a stack trace only for mistakes of ours. */
function tell(error: Error): number {
  const isExpected = [
    ConfigError,
    CommandError,
    LocalAwsError,
    PostgresServerError,
    ProvisionError,
    RehearsalError,
  ].some((kind) => error instanceof kind);
  process.stderr.write(`${isExpected ? error.message : (error.stack ?? error.message)}\n`);
  if (error instanceof ConfigError) return EXIT.usage;
  return error instanceof CommandError ? error.exitCode : EXIT.failed;
}

/** The application of the rehearsal has no business in an AWS account that is somebody's. */
function loopbackUrl(value: string): string {
  const { hostname = '', protocol = '', origin = '' } = URL.canParse(value) ? new URL(value) : {};
  if (/^https?:$/.test(protocol) && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) return origin;
  throw new InvalidArgumentError('It must be the URL of an emulator on this machine, such as http://127.0.0.1:4566.');
}

function port(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0 && number < 65536) return number;
  throw new InvalidArgumentError('It must be a port: 1 to 65535.');
}
