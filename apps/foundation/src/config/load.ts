import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { createJiti } from 'jiti';
import { ConfigError } from './config-error';
import { type Foundation, foundationSchema } from './foundation';
import { problemsOf } from './problems';

/**
 * Reads, runs and checks a configuration file written in TypeScript.
 *
 * @throws ConfigError with everything that is wrong
 */
export async function loadFoundation(file: string): Promise<Foundation> {
  const shown = relative(process.cwd(), file) || file;
  if (!existsSync(file)) throw whole(shown, 'nothing', 'must exist', 'Give its place with --config');
  const exported = await run(file, shown);
  return checkFoundation(exported, shown);
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
  try {
    return await createJiti(__filename, { fsCache: false, moduleCache: false }).import(file, { default: true });
  } catch (error) {
    const [reason = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw whole(
      shown,
      reason,
      'must be TypeScript that runs and has a default export',
      'Export default defineFoundation({ … })',
    );
  }
}

function whole(file: string, got: string, expected: string, mend: string): ConfigError {
  return new ConfigError(file, [{ path: 'the whole file', got, expected, mend }]);
}
