import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { say } from '../../report/terminal';
import type { SynthesisedStage } from '../assembly/synthesise';
import { runToEnd } from '../process/child-process';
import { describeFailure } from './failure';

/** Loaded into the CDK CLI: shows progress, and writes the rest to the log. */
const QUIET = join(__dirname, 'quiet.js');

/** Arguments with which a user chooses what the CDK CLI shows. */
const OF_ITS_OUTPUT = /^(-v+|--(verbose|debug|ci|no-ci|progress|watch|logs)(=.*)?)$/;

/** Runs the CDK CLI that this package depends on, over an assembly that is synthesised already. It shows everything. */
export function runCdk(
  command: string,
  assembly: string,
  args: readonly string[],
  { nodeArguments = [], env = process.env }: { nodeArguments?: readonly string[]; env?: NodeJS.ProcessEnv } = {},
): Promise<number> {
  const manifest = createRequire(__filename).resolve('aws-cdk/package.json');
  const cli = join(dirname(manifest), 'bin', 'cdk');
  return runToEnd(process.execPath, [...nodeArguments, cli, command, '--app', assembly, ...args], env);
}

/**
 * The same for a command that changes stacks: shows progress, and when it fails the first cause and what to do next. The
 * whole output is in a log beside the assembly.
 *
 * @param isVerbose whether everything is shown
 */
export async function changeStacks(
  command: 'deploy' | 'destroy',
  { assembly, stage }: Pick<SynthesisedStage, 'assembly' | 'stage'>,
  args: readonly string[],
  isVerbose: boolean,
): Promise<number> {
  if (isVerbose || args.some((arg) => OF_ITS_OUTPUT.test(arg))) return runCdk(command, assembly, args);
  const log = `${assembly}.${command}.log`;
  writeFileSync(log, '', { mode: 0o600 });
  const exitCode = await runCdk(command, assembly, ['--no-ci', ...args], {
    nodeArguments: ['--require', QUIET],
    // As a variable: `cdk destroy` has the setting, and not the option.
    env: { ...process.env, CDK_PROGRESS: 'events', USER_METRICS_CDK_LOG: log },
  });
  if (exitCode === 0) return 0;
  const { stacks } = new CloudAssembly(assembly);
  const regionOf = (name: string) => stacks.find(({ stackName }) => stackName === name)?.environment.region ?? '';
  const failure = { command, stage, exitCode, log: readFileSync(log, 'utf8'), regionOf };
  for (const line of describeFailure(failure)) say(line);
  say(`Everything that the CDK CLI said: ${relative(process.cwd(), log)} (--verbose shows it while it works)`);
  return exitCode;
}
