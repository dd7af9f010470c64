import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Every block of TypeScript in the README, as a module of an application that has a copy of the folder.

const PACKAGE = process.cwd();
const folder = join(PACKAGE, 'test', 'integration', 'readme', '.examples');
const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = '']) => code);
const [sixLines = ''] = examples;

/** Mistakes in the first example, and what the compiler says of them. */
const MISTAKES = [
  ['applicationTags(input.stage)', 'applicationTags(input.stag)', /Property 'stag' does not exist/],
  ["instrument(['Checkout'", 'instrument([42', /Type 'number' is not assignable/],
  ["'./sst/observability/infrastructure'", "'./sst/observability/infra'", /Cannot find module/],
] as const;

/** What SST writes into `sst-env.d.ts`, while the foundation is absent and while it is present. */
const SST_ENV = {
  absent: 'declare const Resource: { readonly App: { readonly name: string } };\n',
  present: 'declare const Resource: { readonly UserMetrics: { readonly metricNamespace: string } };\n',
};

let said: { [foundation in keyof typeof SST_ENV]: string };

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'infra'), { recursive: true });
  cpSync(join(PACKAGE, 'standalone'), join(folder, 'sst', 'observability'), { recursive: true });
  write('infra/api.ts', 'export {};\n');
  for (const [index, code] of examples.entries()) write(`right-${index}.ts`, `${code}export {};\n`);
  for (const [index, [right, wrong]] of MISTAKES.entries()) write(`wrong-${index}.ts`, sixLines.replace(right, wrong));
  const compilerOptions = { noUnusedLocals: false, module: 'esnext', moduleResolution: 'bundler' };
  const include = ['*.ts', '../globals.d.ts', '../../../sst-globals.d.ts'];
  write('tsconfig.json', JSON.stringify({ extends: '../../../tsconfig.json', compilerOptions, include, exclude: [] }));
  said = { absent: compile(SST_ENV.absent), present: compile(SST_ENV.present) };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the README has examples, the six lines first', () => {
  expect(examples.length).toBeGreaterThan(2);
  expect(sixLines).toMatch(/\/\/ 1\n(.|\n)*\/\/ 6/);
});

describe.each(examples.map((code, index) => [code.split('\n')[0], index] as const))('%s', (_, index) => {
  test.each(['absent', 'present'] as const)('compiles while the foundation is %s', (foundation) => {
    expect(about(`right-${index}.ts`, foundation)).toEqual([]);
  });
});

test.each(MISTAKES.map((mistake, index) => [...mistake, index] as const))(
  'the first one with %s as %s does not compile',
  (right, _, message, index) => {
    expect(sixLines).toContain(right);
    expect(about(`wrong-${index}.ts`)).toEqual([expect.stringMatching(message)]);
  },
);

function write(file: string, text: string): void {
  writeFileSync(join(folder, file), text);
}

function compile(sstEnv: string): string {
  write('sst-env.d.ts', sstEnv);
  const compiler = join(PACKAGE, '..', '..', 'node_modules', 'typescript', 'bin', 'tsc');
  try {
    return execFileSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false', '--singleThreaded'], {
      encoding: 'utf8',
    });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** What the compiler says of a file. */
function about(file: string, foundation: keyof typeof SST_ENV = 'present'): string[] {
  return said[foundation].split('\n').filter((line) => line.includes(file));
}
