import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isInput } from './reads.js';

// nx serves the result of a test from its cache until an input changes. So a test fails when it reads a file of the
// repository that is no input: it would go on passing after a change of that file.

const REPOSITORY = join(import.meta.dirname, '..', '..');
const workspace = relative(REPOSITORY, process.cwd());
const inputs = declaredInputs();

const GUARDED = Symbol.for('user-metrics.declared-reads');
// A worker runs this before each of its files.
if (!(GUARDED in fs)) {
  guard(fs, ['readFileSync', 'readdirSync', 'cpSync', 'copyFileSync']);
  guard(fs.promises, ['readFile', 'readdir', 'cp', 'copyFile']);
  Object.defineProperty(fs, GUARDED, { value: true });
  syncBuiltinESMExports();
}

function guard<T extends object>(module: T, names: (keyof T)[]): void {
  for (const name of names) {
    const original = module[name] as (...args: unknown[]) => unknown;
    const guarded = (...args: unknown[]) => {
      check(args[0]);
      return original(...args);
    };
    module[name] = Object.assign(guarded, original) as T[keyof T];
  }
}

function check(path: unknown): void {
  if (typeof path !== 'string' && !(path instanceof URL)) return;
  const absolute = path instanceof URL ? fileURLToPath(path) : resolve(path);
  if (!fs.existsSync(absolute)) return;
  const file = relative(REPOSITORY, fs.realpathSync(absolute));
  if (file.startsWith('..') || isInput({ file, workspace, inputs })) return;
  throw new Error(
    `\`testsRead\` of ${workspace || 'the repository'} must name each file that its tests read, got: ${file} is not named. ` +
      'Name it in .projenrc.ts or projenrc/ and run: npx projen',
  );
}

/** What package.json and nx.json name for the targets of tests. */
function declaredInputs(): string[] {
  const read = (...path: string[]) => JSON.parse(fs.readFileSync(join(REPOSITORY, ...path), 'utf8'));
  const { namedInputs, targetDefaults } = read('nx.json');
  const own = read(workspace, 'package.json').nx.namedInputs?.testsRead ?? [];
  const targets = Object.values<{ inputs?: unknown[] }>(targetDefaults).map(({ inputs = [] }) => inputs);
  const ofTests = targets.filter((inputs) => inputs.includes('testsRead')).flat();
  return [...own, ...namedInputs.sharedGlobals, ...ofTests]
    .filter((input) => typeof input === 'string' && input.startsWith('{workspaceRoot}/'))
    .map((input) => input.slice('{workspaceRoot}/'.length));
}
