import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { ConfigError } from '../config';
import { alertTest } from './alerts/alert-test';
import { deploy, destroy, diff, synth } from './commands';
import { estimateCommand } from './estimate';
import { EXIT, LifecycleError } from './lifecycle-error';
import { assumeTerminalWidth, say } from './terminal';

const VERBOSE = 'show everything that the CDK CLI says instead of the progress';

const DEFAULT_CONFIG = resolve(__dirname, '..', '..', '..', 'foundation.config.ts');

/** Runs the command line and gives its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  assumeTerminalWidth();
  let exitCode = 0;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT.usage;
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof ConfigError) {
    say(error.message);
    return EXIT.usage;
  }
  if (error instanceof LifecycleError) {
    say(error.message);
    return error.exitCode;
  }
  // Anything else is a mistake of ours, or a finding of the validation, whose message is the report.
  say(error instanceof Error ? ((isFinding(error) ? error.message : error.stack) ?? error.message) : String(error));
  return EXIT.failed;
}

function isFinding(error: Error): boolean {
  return error.name === 'ValidationFailed' || /validation failed/i.test(error.message);
}

function createProgram(end: (exitCode: number) => void): Command {
  const program = new Command('user-metrics')
    .description('Deploys the AWS foundation for self-hosted Umami and OpenReplay')
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .addHelpText(
      'after',
      `
Exit codes: 0 done, 1 failed, 2 wrong command or configuration, 3 the AWS account is not ready (credentials, bootstrap).
What stands behind -- goes to the CDK CLI, e.g.: user-metrics deploy --stage dev -- --require-approval never`,
    );
  const command = (name: string, description: string, withoutStage = 'not needed when there is only one') =>
    program
      .command(name)
      .description(description)
      .option('--stage <name>', `stage of the configuration (${withoutStage})`)
      .option('--config <file>', 'configuration file', (file) => resolve(file), DEFAULT_CONFIG);

  command('synth', 'write the CloudFormation templates of a stage; needs no account', 'default: every stage')
    .option('--json', 'print the stages with their stacks and assemblies as JSON')
    .action(async (options) => end(await synth(options)));
  command('diff', 'show what a deployment would change')
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await diff(options, cdkArguments)));
  command('deploy', "deploy a stage and the account's own stacks")
    .option('--verbose', VERBOSE)
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await deploy(options, cdkArguments)));
  command('destroy', 'remove the stacks of a stage; recordings and the schema with its data are kept')
    .option('--account-stacks', "remove the account's own stacks too, when no other stage is left")
    .option('--verbose', VERBOSE)
    .argument('[cdk-arguments...]')
    .action(async (cdkArguments, options) => end(await destroy(options, cdkArguments)));
  command(
    'estimate',
    'price the account of a stage, with all stages in it, before anything is deployed; needs no AWS account',
    'default: every account',
  )
    .option('--sessions <number>', 'recorded sessions a month (default: 10000)', sessionsOf)
    .option('--other-region', 'take the prices of us-east-1 for another Region, marked as such')
    .option('--json', 'print the estimates as JSON')
    .addHelpText('after', '\nExit code 1 when an account would cost more than its limit.')
    .action(async (options) => end(await estimateCommand(options)));
  command('alert-test', "send a test alert to the account's alert topic and list who gets it")
    .option('--resubscribe', 'ask addresses again that have not confirmed, or are lost')
    .option('--dry-run', 'list only; send nothing')
    .option('--json', 'print what was found and done as JSON')
    .addHelpText('after', '\nExit code 1 when a configured address gets no alerts.')
    .action(async (options) => end(await alertTest(options)));
  return program;
}

function sessionsOf(text: string): number {
  const sessions = Number(text);
  if (Number.isInteger(sessions) && sessions >= 0) return sessions;
  throw new InvalidArgumentError('Give a whole number, 0 or more.');
}
