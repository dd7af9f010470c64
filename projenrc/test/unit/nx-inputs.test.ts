import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

// The nx.json of the repository, over three small projects, with `true` in the place of each tool.

const REPOSITORY = join(__dirname, '..', '..', '..');
const TARGETS = ['compile', 'lint', 'synth', 'tarball', 'test', 'typecheck'];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nx-inputs-'));
  const nx = JSON.parse(readFileSync(join(REPOSITORY, 'nx.json'), 'utf8'));
  for (const target of Object.values<{ options: object }>(nx.targetDefaults)) target.options = { command: 'true' };
  write('nx.json', JSON.stringify(nx));
  write('package.json', JSON.stringify({ name: 'root', version: '0.0.0', private: true, workspaces: ['packages/*'] }));
  project('lib', {});
  project('app', { lib: '0.0.0' }, { testsRead: ['{workspaceRoot}/docs/read.md'] });
  project('other', {});
  for (const file of ['biome', 'tsconfig', 'tsconfig.base']) write(`${file}.json`, '{}');
  write('package-lock.json', JSON.stringify({ name: 'root', lockfileVersion: 3, packages: {} }));
  for (const file of ['vitest.config.mts', 'docs/read.md', 'docs/free.md']) write(file, '');
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  run();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function project(name: string, dependencies: object, namedInputs: object = {}): void {
  const targets = Object.fromEntries(TARGETS.map((target) => [target, {}]));
  const nx = { includedScripts: [], namedInputs, targets };
  write(`packages/${name}/package.json`, JSON.stringify({ name, version: '0.0.0', dependencies, nx }));
  for (const file of ['README.md', 'src/index.ts', 'foundation.config.ts', 'test/a.test.ts', 'test/fixtures/a.json'])
    write(`packages/${name}/${file}`, '');
}

/** Runs every target of every project; those that were not in the cache. */
function run(): string[] {
  const args = ['run-many', '-t', ...TARGETS, '--output-style=static'];
  // The nx that runs this test tells it of its own workspace.
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const env = {
    ...Object.fromEntries(outside),
    NX_DAEMON: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
  };
  const out = execFileSync(join(REPOSITORY, 'node_modules', '.bin', 'nx'), args, {
    cwd: folder,
    encoding: 'utf8',
    env,
  });
  const lines = [...out.matchAll(/^.*> nx run (\S+)(.*)$/gm)];
  return lines
    .filter(([line]) => !/cache/.test(line))
    .map(([, task = '']) => task)
    .sort();
}

const of = (project: string, ...targets: string[]) => targets.map((target) => `${project}:${target}`);
const ofAll = (...targets: string[]) => ['lib', 'app', 'other'].flatMap((project) => of(project, ...targets));
const ALL_BUT_COMPILE = TARGETS.filter((target) => target !== 'compile');

test.each([
  [
    'packages/lib/src/index.ts',
    [...of('lib', ...TARGETS), ...of('app', 'compile', 'synth', 'tarball', 'test', 'typecheck')],
  ],
  // What its tarball holds, installed by the test of a package that depends on it.
  ['packages/lib/README.md', [...of('lib', ...ALL_BUT_COMPILE), 'app:tarball']],
  ['packages/lib/test/fixtures/a.json', of('lib', ...ALL_BUT_COMPILE)],
  // A user edits it with each change of the stages.
  ['packages/app/foundation.config.ts', of('app', ...ALL_BUT_COMPILE)],
  ['docs/read.md', of('app', 'tarball', 'test')],
  ['docs/free.md', []],
  ['biome.json', ofAll('lint')],
  ['vitest.config.mts', ofAll('tarball', 'test')],
  ['tsconfig.base.json', ofAll(...TARGETS)],
  ['package-lock.json', ofAll(...TARGETS)],
])('a change of %s runs what reads it, and takes the rest from the cache', (file, expected) => {
  write(file, `${readFileSync(join(folder, file), 'utf8')} `);
  expect(run()).toEqual(expected.sort());
});
