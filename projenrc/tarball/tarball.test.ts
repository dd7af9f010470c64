import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// Run once in each published package: what npm would publish is installed into an empty folder outside of the
// repository, beside a user's own aws-cdk-lib, and used from there as a `cdk init` app would.

const PACKAGE = process.cwd();
const REPOSITORY = join(PACKAGE, '..', '..');
const manifest = readJson(join(PACKAGE, 'package.json'));
const { devDependencies: installed } = readJson(join(REPOSITORY, 'package.json'));

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

/** The newest release that the repository was tried with, and the oldest that the peer dependencies allow. */
const CDK = ['aws-cdk-lib', 'constructs'] as const;
const NEWEST = CDK.map((name) => `${name}@${installed[name]}`);
const OLDEST = CDK.map((name) => `${name}@${manifest.peerDependencies[name].replace('^', '')}`);
const RELEASES = process.env['USER_METRICS_TEST_ALL'] === 'true' ? [OLDEST, NEWEST] : [NEWEST];

let folder: string;
let tarballs: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-tarball-'));
  tarballs = withOwnDependencies(manifest.name).map((name) => pack(name, folder));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

describe.each(RELEASES.map((cdk) => [cdk.join(' and '), cdk] as const))('beside %s', (name, cdk) => {
  let app: string;

  beforeAll(() => {
    app = join(folder, name.replaceAll(' ', '-'));
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', version: '0.1.0', private: true }));
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify(CDK_INIT_TSCONFIG));
    const beside = [...cdk, `@types/node@${installed['@types/node']}`, 'typescript@~5.9.0'];
    run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs, ...beside], app);
    cpSync(join(PACKAGE, 'test', 'tarball', 'app.ts'), join(app, 'bin', 'app.ts'));
  }, 300_000);

  test('installs without a second aws-cdk-lib or constructs', () => {
    for (const library of CDK) {
      const found = run('find', ['.', '-path', `*/node_modules/${library}/package.json`], app).trim();
      expect(found).toBe(`./node_modules/${library}/package.json`);
    }
  });

  test('installs no client of AWS that it does not depend on itself', () => {
    const isOfAws = (name: string) => name.startsWith('@aws-sdk/');
    const own = Object.keys(manifest.dependencies ?? {}).filter(isOfAws);
    expect(existsSync(join(app, 'node_modules', '@aws-sdk'))).toBe(own.length > 0);
  });

  // By the compiler of the repository, which reads the types of aws-cdk-lib in a third of the time.
  test('has types that need nothing that is not installed', () => {
    const compiler = join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');
    run(process.execPath, [compiler, '-p', '.', '--noEmit', '--skipLibCheck', 'false'], app);
  });

  test('compiles and synthesises in a default CDK app', () => {
    run('node_modules/.bin/tsc', ['-p', '.'], app);
    run(process.execPath, ['bin/app.js'], app, { CDK_OUTDIR: join(app, 'cdk.out') });
    const templates = readdirSync(join(app, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
    expect(templates).toHaveLength(1);
    const { Resources } = readJson(join(app, 'cdk.out', String(templates[0])));
    expect(Object.keys(Resources).length).toBeGreaterThan(0);
  });

  test('loads each entry without ES modules, as in Jest', () => {
    const entries = Object.keys(manifest.exports).map((entry) => manifest.name + entry.slice(1));
    const script = `for (const entry of ${JSON.stringify(entries)}) require(entry)`;
    // Node.js 20.19 and later load ES modules by `require`; Jest does not.
    run(process.execPath, ['--no-experimental-require-module', '-e', script], app);
  });

  test('holds its README, its licence and its types, and nothing of its tests', () => {
    const own = join(app, 'node_modules', manifest.name);
    const files = run('find', ['.', '-type', 'f', '-not', '-path', './node_modules/*'], own).trim().split('\n');
    for (const file of ['./README.md', './API.md', './LICENSE', './lib/src/index.js', './lib/src/index.d.ts'])
      expect(files).toContain(file);
    expect(files.filter((file) => /\/test\/|\.test\.|tsconfig|\.projen|test-reports/.test(file))).toEqual([]);
  });
});

test('has types in every mode of module resolution', async () => {
  const analysis = await checkPackage(createPackageFromTarballData(readFileSync(String(tarballs[0]))));
  const problems = analysis.types ? analysis.problems : [];
  expect(problems.map((problem) => [problemKindInfo[problem.kind].title, problem])).toEqual([]);
  expect(analysis.types).toMatchObject({ kind: 'included' });
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
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', destination];
  const [{ filename }] = JSON.parse(run('npm', args, folderOf(name)));
  return join(destination, filename);
}

function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 240_000,
    });
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout: string; stderr: string; message: string };
    throw new Error(`${message}\n${stdout}${stderr}`);
  }
}

function readJson(file: string) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
