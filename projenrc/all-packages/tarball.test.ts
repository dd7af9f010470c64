import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// What npm would publish of all packages is installed into an empty folder outside of the repository, beside a user's own
// aws-cdk-lib, and used from there as a `cdk init` app would. That each declares what it imports is a rule of the linter.

const REPOSITORY = join(process.cwd(), '..', '..');
const { devDependencies: installed } = readJson(join(REPOSITORY, 'package.json'));
const packages = readdirSync(join(REPOSITORY, 'packages')).map((name) => {
  const folder = join(REPOSITORY, 'packages', name);
  return { name, folder, manifest: readJson(join(folder, 'package.json')) };
});
const eachPackage = packages.map((one) => [one.name, one] as const);

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
const OLDEST = CDK.map((name) => `${name}@${packages[0]?.manifest.peerDependencies[name].replace('^', '')}`);
const RELEASES = process.env['USER_METRICS_OLDEST_CDK'] === 'true' ? [OLDEST, NEWEST] : [NEWEST];

let folder: string;
let tarballs: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-tarball-'));
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const packed: { filename: string }[] = JSON.parse(
    run('npm', [...args, ...packages.map((one) => one.folder)], folder),
  );
  tarballs = packed.map(({ filename }) => join(folder, filename));
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }), 300_000);

describe.each(RELEASES.map((cdk) => [cdk.join(' and '), cdk] as const))('beside %s', (title, cdk) => {
  let app: string;

  beforeAll(() => {
    app = join(folder, title.replaceAll(' ', '-'));
    mkdirSync(app);
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'app', version: '0.1.0', private: true }));
    writeFileSync(join(app, 'tsconfig.json'), JSON.stringify(CDK_INIT_TSCONFIG));
    const beside = [...cdk, `@types/node@${installed['@types/node']}`, 'typescript@~5.9.0'];
    run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...tarballs, ...beside], app);
    for (const { name, folder } of packages)
      cpSync(join(folder, 'test', 'tarball-app.ts'), join(app, 'bin', `${name}.ts`));
  }, 300_000);

  /** Everything that npm installs for a package, by the lock file. */
  const brought = (name: string) => [...broughtBy(name, readJson(join(app, 'package-lock.json')).packages)];

  test('installs without a second aws-cdk-lib or constructs', () => {
    for (const library of CDK) {
      const found = run('find', ['.', '-path', `*/node_modules/${library}/package.json`], app).trim();
      expect(found).toBe(`./node_modules/${library}/package.json`);
    }
  });

  // By the compiler of the repository, which reads the types of aws-cdk-lib in a third of the time.
  test('has types that need nothing that is not installed', () => {
    const compiler = join(REPOSITORY, 'node_modules', 'typescript', 'bin', 'tsc');
    run(process.execPath, [compiler, '-p', '.', '--noEmit', '--skipLibCheck', 'false', '--singleThreaded'], app);
  });

  test('compiles in a default CDK app', () => {
    run('node_modules/.bin/tsc', ['-p', '.'], app);
  });

  describe.each(eachPackage)('%s', (name, { manifest }) => {
    test('synthesises', () => {
      const outdir = join(app, 'cdk.out', name);
      run(process.execPath, [`bin/${name}.js`], app, { CDK_OUTDIR: outdir });
      const templates = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
      expect(templates).toHaveLength(1);
      const { Resources } = readJson(join(outdir, String(templates[0])));
      expect(Object.keys(Resources).length).toBeGreaterThan(0);
    });

    test('brings no client of AWS that it does not depend on itself', () => {
      const own = Object.keys(manifest.dependencies ?? {}).filter(isOfAws);
      expect(brought(manifest.name).some(isOfAws)).toBe(own.length > 0);
    });

    test('loads each entry without ES modules, as in Jest, from what npm would install with it alone', () => {
      const entries = Object.keys(manifest.exports).map((entry) => manifest.name + entry.slice(1));
      const script = `for (const entry of ${JSON.stringify(entries)}) require(entry);
        process.stdout.write(JSON.stringify(Object.keys(require.cache)))`;
      // Node.js 20.19 and later load ES modules by `require`; Jest does not.
      const files: string[] = JSON.parse(
        run(process.execPath, ['--no-experimental-require-module', '-e', script], app),
      );
      const loaded = files.flatMap((file) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
      expect(loaded).toContain(manifest.name);
      const alone = [manifest.name, ...CDK, ...brought(manifest.name)];
      expect([...new Set(loaded)].filter((name) => !alone.includes(name))).toEqual([]);
    });

    test('holds its README, its licence and its types, and nothing of its tests', () => {
      const files = filesIn(join(app, 'node_modules', manifest.name));
      for (const file of ['README.md', 'API.md', 'LICENSE', 'lib/src/index.js', 'lib/src/index.d.ts'])
        expect(files).toContain(file);
      expect(files.filter((file) => /(^|\/)test\/|\.test\.|tsconfig|\.projen|test-reports/.test(file))).toEqual([]);
    });
  });
});

describe.each(eachPackage)('%s', (_, { folder: packageFolder, manifest }) => {
  test('has types in every mode of module resolution', async () => {
    const name = manifest.name.slice(1).replace('/', '-');
    const tarball = tarballs.find((file) => basename(file).startsWith(name)) ?? '';
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarball)));
    const problems = analysis.types ? analysis.problems : [];
    expect(problems.map((problem) => [problemKindInfo[problem.kind].title, problem])).toEqual([]);
    expect(analysis.types).toMatchObject({ kind: 'included' });
  });

  test('keeps what publint asks of a package', async () => {
    const { messages } = await publint({ pkgDir: packageFolder, pack: 'npm', strict: true });
    expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
  });
});

const isOfAws = (name: string) => name.startsWith('@aws-sdk/');

function broughtBy(name: string, locked: Record<string, { dependencies?: object }>, found = new Set<string>()) {
  for (const dependency of Object.keys(locked[`node_modules/${name}`]?.dependencies ?? {})) {
    if (!found.has(dependency)) broughtBy(dependency, locked, found.add(dependency));
  }
  return found;
}

/** Files in a folder of a package, but those of what is installed in it. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith('node_modules/'));
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
