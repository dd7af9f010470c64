import { resolve } from 'node:path';
import type { Command } from 'commander';

/** Options that every command takes. */
export interface CommonOptions {
  readonly config: string;
  readonly stage?: string;
}

/** Options of the commands that change stacks. */
export interface ChangeOptions extends CommonOptions {
  /** Whether everything that the CDK CLI says is shown. @default false */
  readonly verbose?: boolean;
}

/** Description of `--verbose`. */
export const VERBOSE = 'show everything that the CDK CLI says instead of the progress';

/** Receives the exit code of a command. */
export type End = (exitCode: number) => void;

/** The configuration of the repository. */
export const DEFAULT_CONFIG = resolve(__dirname, '..', '..', '..', 'foundation.config.ts');

/**
 * Adds a command with the options that every command takes.
 *
 * @param withoutStage what happens without `--stage`, for the help text
 */
export function addCommand(
  program: Command,
  name: string,
  description: string,
  withoutStage = 'not needed when there is only one',
): Command {
  return program
    .command(name)
    .description(description)
    .option('--stage <name>', `stage of the configuration (${withoutStage})`)
    .option('--config <file>', 'configuration file', (file) => resolve(file), DEFAULT_CONFIG);
}
