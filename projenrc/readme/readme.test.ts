import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Example, exampleModule, examplesIn } from './examples';

// Run once in each workspace with a folder test/readme: every block of TypeScript in the README is type-checked with the
// project's own settings, run, and synthesised. What a reader has already is in test/readme/fixture.ts.

const WORKSPACE = process.cwd();
const REPOSITORY = join(WORKSPACE, '..', '..');
const folder = join(WORKSPACE, 'test', 'readme', '.examples');
const FIXTURE = join(WORKSPACE, 'test', 'readme', 'fixture.ts');
const fixture = readFileSync(FIXTURE, 'utf8');
const readme = readFileSync(join(WORKSPACE, 'README.md'), 'utf8');
const examples = examplesIn(readme);

let outdir: string;

beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), 'user-metrics-readme-'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  // An example names things for the reader to go on with.
  const compilerOptions = { noUnusedLocals: false };
  const tsconfig = { extends: '../../tsconfig.json', compilerOptions, include: ['*.ts'] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  for (const example of examples) writeFileSync(fileOf(example), exampleModule(example, fixture));
});
afterAll(() => {
  for (const temporary of [folder, outdir]) rmSync(temporary, { recursive: true, force: true });
});

test('the README has an example, and the smallest one comes before anything is explained', () => {
  expect(examples.length).toBeGreaterThan(0);
  expect(examples[0]?.line).toBeLessThan(30);
});

test('a command that only the repository has is named as such', () => {
  const paragraphs = readme.split(/\n\s*\n/).filter((paragraph) => /\bnpx (projen|nx)\b/.test(paragraph));
  for (const paragraph of paragraphs) expect(paragraph.replace(/\s+/g, ' ')).toContain("the foundation's repository");
});

test('every example compiles', () => {
  run(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', folder, '--singleThreaded']);
});

describe('runs, and synthesises what it builds', () => {
  afterEach(() => void vi.unstubAllEnvs());

  test.each(examples.map((example) => [example.line, example] as const))(
    'the example in line %i',
    async (_, example) => {
      vi.stubEnv('CDK_OUTDIR', assemblyOf(example));
      // The fixture is new for each.
      vi.resetModules();
      await import(fileOf(example));
      const isBuilding = /\b(stack|app)\b/.test(example.code);
      expect(existsSync(join(assemblyOf(example), 'manifest.json'))).toBe(isBuilding);
    },
  );
});

/** What an error names: the line of the README. */
function fileOf({ line }: Example): string {
  return join(folder, `line-${line}.ts`);
}

function assemblyOf({ line }: Example): string {
  return join(outdir, `line-${line}`);
}

function run(command: string, args: string[]): void {
  try {
    execFileSync(command, args, { cwd: WORKSPACE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    // Vitest would look for the sources of the frames of the other process.
    throw new Error(`${stdout}${stderr}`.replace(/^ +at .*\n/gm, ''));
  }
}
