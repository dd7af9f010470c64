import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleModule, examplesIn } from './examples';

// Run once in each workspace with a folder test/readme: every block of TypeScript in the README is type-checked with the
// project's own settings, run, and synthesised. What a reader has already is in test/readme/fixture.ts.

const WORKSPACE = process.cwd();
const REPOSITORY = join(WORKSPACE, '..', '..');
const folder = join(WORKSPACE, 'test', 'readme', '.examples');
const fixture = readFileSync(join(WORKSPACE, 'test', 'readme', 'fixture.ts'), 'utf8');
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
  for (const [index, example] of examples.entries()) {
    writeFileSync(join(folder, `example-${index + 1}.ts`), exampleModule(example, fixture));
  }
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
  run(process.execPath, [join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', folder]);
});

describe.each(examples.map((example, index) => [`line ${example.line}`, index, example] as const))(
  'the example at %s',
  (_, index, { code }) => {
    test('runs, and synthesises what it builds', () => {
      const own = join(outdir, String(index));
      run(process.execPath, ['--import', 'tsx', join(folder, `example-${index + 1}.ts`)], own);
      // An app of the fixture synthesises as well, used or not.
      if (/\b(stack|app)\b/.test(code)) expect(existsSync(join(own, 'manifest.json'))).toBe(true);
    });
  },
);

function run(command: string, args: string[], cdkOutdir = outdir): string {
  const env = { ...process.env, CDK_OUTDIR: cdkOutdir };
  try {
    return execFileSync(command, args, { cwd: WORKSPACE, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`);
  }
}
