import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describePlace } from './place-in-file';
import type { ConfigProblem } from './problems';

/** Longest time for the compiler, which takes about a second, in milliseconds. */
const TIMEOUT = 60_000;

const OPTIONS = ['--noEmit', '--pretty', 'false', '--strict', '--skipLibCheck', '--target', 'es2023'];
// More threads take more of the processors, and no less time.
const ONE_THREAD = '--singleThreaded';
// As the file is run: modules of either kind, an await at the top, and no tsconfig.json beside it that decides.
const AS_RUN = ['--module', 'preserve', '--moduleDetection', 'force', '--resolveJsonModule', '--ignoreConfig'];

/** What TypeScript says of a configuration file and of the files that it imports; nothing for JavaScript. */
export async function typeErrors(file: string): Promise<ConfigProblem[]> {
  if (!/\.[cm]?ts$/.test(file)) return [];
  const { resolve: find } = createRequire(__filename);
  const compiler = join(dirname(find('typescript/package.json')), 'bin', 'tsc');
  const nodeTypes = ['--types', 'node', '--typeRoots', dirname(dirname(find('@types/node/package.json')))];
  const args = [compiler, ONE_THREAD, ...OPTIONS, ...AS_RUN, ...nodeTypes, file];
  try {
    await promisify(execFile)(process.execPath, args, { timeout: TIMEOUT });
    return [];
  } catch (error) {
    const { stdout = '', message } = error as Error & { readonly stdout?: string };
    const problems = stdout.split('\n').flatMap((line) => problemOf(line, file) ?? []);
    if (problems.length > 0) return problems;
    throw new Error(`The types of ${file} could not be checked: ${stdout || message}`);
  }
}

/** A line such as `a.ts(3,5): error TS2322: Type 'string' is not …`; what follows it with indentation explains it. */
function problemOf(text: string, configFile: string): ConfigProblem | undefined {
  const [, file = '', line, column, code, message = ''] = /^(.+)\((\d+),(\d+)\): error (TS\d+): (.*)$/.exec(text) ?? [];
  if (!code) return undefined;
  return {
    path: describePlace(resolve(file), configFile, Number(line), Number(column)),
    got: `${message} (${code})`,
    expected: 'must have no type errors',
    fix: 'Correct the type; an editor with TypeScript shows the same error',
  };
}
