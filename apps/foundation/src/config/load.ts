import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { createJiti } from 'jiti';
import { ConfigError } from './config-error';
import { type Foundation, foundationSchema } from './foundation';
import { placeOf } from './place-in-file';
import { type ConfigProblem, problemsOf } from './problems';
import { typeErrors } from './type-errors';

/**
 * Reads, runs and checks a configuration file written in TypeScript: its values, and then its types.
 *
 * @throws ConfigError with everything that is wrong
 */
export async function loadFoundation(file: string): Promise<Foundation> {
  const shown = relative(process.cwd(), file) || file;
  if (!existsSync(file)) throw new ConfigError(shown, [whole('nothing', 'must exist', 'Give its place with --config')]);
  const foundation = checkFoundation(await run(file, shown), shown);
  const errors = await typeErrors(file);
  if (errors.length > 0) throw new ConfigError(shown, errors);
  return foundation;
}

/**
 * Checks a configuration and fills in its defaults.
 *
 * @param config what the file exports
 * @param file its name, for the message
 * @throws ConfigError with everything that is wrong
 */
export function checkFoundation(config: unknown, file: string): Foundation {
  const result = foundationSchema.safeParse(config, { reportInput: true });
  if (result.success) return result.data;
  throw new ConfigError(file, problemsOf(result.error.issues));
}

async function run(file: string, shown: string): Promise<unknown> {
  // A process.exit() in the file, or an await that never ends, would otherwise end the command with 0 and nothing done.
  const onExit = () => {
    const must =
      'must export a configuration, without process.exit() and without waiting for something that never comes';
    const problem = whole('the process ended while the file ran', must, 'Export default defineFoundation({ … })');
    process.stderr.write(`${new ConfigError(shown, [problem]).message}\n`);
    process.exitCode = 2;
  };
  process.once('exit', onExit);
  try {
    const jiti = createJiti(__filename, { fsCache: false, moduleCache: false, interopDefault: false });
    return await configIn(await jiti.import(file));
  } catch (error) {
    throw new ConfigError(shown, [failure(error, file)]);
  } finally {
    process.off('exit', onExit);
  }
}

/** The default export, or what CommonJS exports. */
function configIn(module: unknown): unknown {
  if (typeof module !== 'object' || module === null) return module;
  return 'default' in module ? module.default : '__esModule' in module ? undefined : module;
}

function failure(error: unknown, file: string): ConfigProblem {
  const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
  const problem = whole(reason.trim(), 'must be TypeScript that runs and has a default export', fixOf(reason));
  return { ...problem, path: placeOf(error, file) ?? problem.path };
}

function fixOf(reason: string): string {
  if (/octal|leading zero/i.test(reason))
    return "Put account ids in quotes, such as '012345678901': a number that starts with 0 is octal";
  if (/^Cannot find (module|package)/.test(reason)) return 'Correct the path of the import, or run npm install';
  return 'Correct what the message names';
}

function whole(got: string, expected: string, fix: string): ConfigProblem {
  return { path: 'the whole file', got, expected, fix };
}
