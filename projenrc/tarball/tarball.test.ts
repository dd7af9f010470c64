import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, expect, test } from 'vitest';

// Run once in each published package: what npm would publish is installed into an empty folder outside of the
// repository, beside a user's own aws-cdk-lib, and used from there as a `cdk init` app would.

const PACKAGE = process.cwd();
const REPOSITORY = join(PACKAGE, '..', '..');
const manifest = readJson(join(PACKAGE, 'package.json'));

/** What `cdk init app --language typescript` writes. */
const CDK_INIT_TSCONFIG = {
  compilerOptions: {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    lib: ['es2022'],
    declaration: true,
    strict: true,
    noImplicitAny: true,
    strictNullChecks: true,
    noImplicitThis: true,
    noImplicitReturns: true,
    inlineSourceMap: true,
    inlineSources: true,
    experimentalDecorators: true,
    strictPropertyInitialization: false,
    skipLibCheck: true,
    types: ['node'],
  },
  exclude: ['node_modules', 'cdk.out'],
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-tarball-'));
  const tarballs = withOwnDependencies(manifest.name).map((name) => pack(name, folder));
  const versions = readJson(join(REPOSITORY, 'package.json')).devDependencies;
  const beside = ['aws-cdk-lib', 'constructs', '@types/node'].map((name) => `${name}@${versions[name]}`);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'app', version: '0.1.0', private: true }));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(CDK_INIT_TSCONFIG));
  run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs, ...beside, 'typescript@~5.9.0'],
    folder,
  );
  cpSync(join(PACKAGE, 'test', 'tarball', 'app.ts'), join(folder, 'bin', 'app.ts'));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 60_000);

test('installs without a second aws-cdk-lib or constructs', () => {
  for (const name of ['aws-cdk-lib', 'constructs']) {
    const found = run('find', ['.', '-path', `*/node_modules/${name}/package.json`], folder).trim();
    expect(found).toBe(`./node_modules/${name}/package.json`);
  }
});

test('type-checks and synthesises in a default CDK app', () => {
  run('node_modules/.bin/tsc', ['-p', '.'], folder);
  run(process.execPath, ['bin/app.js'], folder, { CDK_OUTDIR: join(folder, 'cdk.out') });
  const templates = readdirSync(join(folder, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
  expect(templates).toHaveLength(1);
  const { Resources } = readJson(join(folder, 'cdk.out', String(templates[0])));
  expect(Object.keys(Resources).length).toBeGreaterThan(0);
});

test('holds its README, its licence and its types, and nothing of its tests', () => {
  const installed = join(folder, 'node_modules', manifest.name);
  const files = run('find', ['.', '-type', 'f', '-not', '-path', './node_modules/*'], installed).trim().split('\n');
  for (const file of ['./README.md', './API.md', './LICENSE', './lib/src/index.js', './lib/src/index.d.ts'])
    expect(files).toContain(file);
  expect(files.filter((file) => /\/test\/|\.test\.|tsconfig|\.projen|test-reports/.test(file))).toEqual([]);
});

test('keeps what publint asks of a package', async () => {
  const { messages } = await publint({ pkgDir: PACKAGE, pack: 'npm', strict: true });
  expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
});

/** A package of ours and those of ours that it needs. */
function withOwnDependencies(name: string, seen: string[] = []): string[] {
  if (seen.includes(name)) return seen;
  const { dependencies = {} } = readJson(join(folderOf(name), 'package.json'));
  const own = Object.keys(dependencies).filter((dependency) => dependency.startsWith('@user-metrics/'));
  return own.reduce((found, dependency) => withOwnDependencies(dependency, found), [...seen, name]);
}

function folderOf(name: string): string {
  return join(REPOSITORY, 'node_modules', name);
}

function pack(name: string, destination: string): string {
  mkdirSync(destination, { recursive: true });
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', destination], folderOf(name)));
  return join(destination, filename);
}

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
