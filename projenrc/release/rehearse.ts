import { execFileSync, spawn } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

// A release against a registry on this machine, from a clone: a first publication, two changed packages, and an installation of what
// was published. Needs the build. The registry is installed for it, and keeps nothing.

/** 6.10 needs Node.js 22. The `node-fetch` that it asks for is a dist-tag, which a mirror may not have. */
const REGISTRY = { private: true, dependencies: { verdaccio: '6.2.4' }, overrides: { 'node-fetch': '^2.7.0' } };
const REPOSITORY = join(__dirname, '..', '..');
const BUILT = ['lib', 'assets', 'standalone'];
const FIRST = ['tagging', 'access', 'network'];

const folder = mkdtempSync(join(tmpdir(), 'release-rehearsal-'));
const clone = join(folder, 'clone');
const author = { NAME: 'Rehearsal', EMAIL: 'rehearsal@example.com' };
const environment: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'))),
  ...Object.fromEntries(
    Object.entries(author).flatMap(([key, value]) =>
      ['AUTHOR', 'COMMITTER'].map((who) => [`GIT_${who}_${key}`, value]),
    ),
  ),
  NX_DAEMON: 'false',
  PATH: `${join(REPOSITORY, 'node_modules', '.bin')}:${process.env['PATH']}`,
};

function run(command: string, args: readonly string[], cwd = clone, more: NodeJS.ProcessEnv = {}): string {
  const options = { cwd, env: { ...environment, ...more }, encoding: 'utf8', timeout: 120_000 } as const;
  return execFileSync(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
}
const git = (...args: string[]) => run('git', args).trim();

function check(title: string, got: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(got, expected))
    throw new Error(`${title}: expected ${JSON.stringify(expected)}, got: ${JSON.stringify(got)}`);
  process.stdout.write(`pass ${title}\n`);
}

const folderOf = (name: string) => (name === 'sst' ? 'sst/observability' : `packages/${name}`);

function tagOf(name: string): string {
  const manifest = JSON.parse(readFileSync(join(clone, folderOf(name), 'package.json'), 'utf8'));
  return `${manifest.name}@${manifest.version}`;
}

/** A clone with the build of this repository, in which three packages are released and the others were before. */
function prepare(): void {
  run('git', ['clone', '--quiet', REPOSITORY, clone], folder);
  for (const tag of git('tag').split('\n').filter(Boolean)) git('tag', '--delete', tag);
  symlinkSync(join(REPOSITORY, 'node_modules'), join(clone, 'node_modules'));
  const others = ['storage', 'cost', 'umami-db', 'sst'];
  const folders = [...FIRST, 'sst'].map(folderOf);
  for (const path of folders.flatMap((own) => BUILT.map((part) => join(own, part))))
    if (existsSync(join(REPOSITORY, path))) cpSync(join(REPOSITORY, path), join(clone, path), { recursive: true });
  for (const name of others) git('tag', tagOf(name));
  git('commit', '--quiet', '--allow-empty', '--message', 'chore: the first release');
  for (const name of FIRST) git('tag', tagOf(name));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Answers of other packages come from the registry that npm uses. */
async function withRegistry(use: (npm: NodeJS.ProcessEnv) => void): Promise<void> {
  const port = await freePort();
  const config = {
    storage: join(folder, 'storage'),
    uplinks: { npm: { url: run('npm', ['config', 'get', 'registry'], folder).trim() } },
    packages: { '@user-metrics/*': { access: '$all', publish: '$all' }, '**': { access: '$all', proxy: 'npm' } },
    log: { type: 'stdout', format: 'pretty', level: 'error' },
  };
  const file = join(folder, 'verdaccio.json');
  writeFileSync(file, JSON.stringify(config));
  const npmrc = join(folder, 'npmrc');
  // npm publishes nothing without a token; the registry takes any.
  writeFileSync(npmrc, `registry=http://127.0.0.1:${port}/\n//127.0.0.1:${port}/:_authToken=rehearsal\n`);
  const verdaccio = join(folder, 'verdaccio');
  mkdirSync(verdaccio);
  writeFileSync(join(verdaccio, 'package.json'), JSON.stringify(REGISTRY));
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'], verdaccio);
  const args = [
    join('node_modules', 'verdaccio', 'bin', 'verdaccio'),
    '--config',
    file,
    '--listen',
    `127.0.0.1:${port}`,
  ];
  const registry = spawn(process.execPath, args, { cwd: verdaccio, env: environment, stdio: 'inherit' });
  try {
    await answers(`http://127.0.0.1:${port}/-/ping`);
    use({ NPM_CONFIG_USERCONFIG: npmrc, npm_config_registry: `http://127.0.0.1:${port}/` });
  } finally {
    registry.kill('SIGKILL');
  }
}

async function answers(url: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`The registry must answer within a minute, got: nothing at ${url}.`);
}

function rehearse(npm: NodeJS.ProcessEnv): void {
  const sst = tagOf('sst');
  const publish = () =>
    run('sh', ['projenrc/release/publish.sh'], clone, npm)
      .trim()
      .split('\n')
      .filter((line) => line.startsWith('@'));
  const first = Object.fromEntries(FIRST.map((name) => [name, tagOf(name)]));
  check('the first publication', publish().sort(), FIRST.map((name) => `${first[name]} is published.`).sort());
  for (const [name, message] of [
    ['access', 'feat(access): one more IAM role'],
    ['network', 'fix(network): a route'],
  ] as const) {
    appendFileSync(join(clone, 'packages', name, 'src', 'index.ts'), '// Changed by the rehearsal.\n');
    git('commit', '--quiet', '--all', '--message', message);
  }
  run('sh', ['projenrc/commands/release.sh']);
  const raised = (tag = '', part: 1 | 2) => {
    const at = tag.lastIndexOf('@') + 1;
    const numbers = tag.slice(at).split('.').map(Number);
    return tag.slice(0, at) + numbers.map((n, i) => (i < part ? n : i === part ? n + 1 : 0)).join('.');
  };
  // nx raises the patch for a feature below 1.0, and releases what depends on a package by its tests alone.
  const isBelowOne = /@0\.[^@]*$/.test(String(first['access']));
  const changed = [raised(first['access'], isBelowOne ? 2 : 1), raised(first['network'], 2), raised(sst, 2)];
  check('versions and tags', git('tag', '--points-at', 'HEAD').split('\n').sort(), changed);
  check('the rest is not released', tagOf('tagging'), first['tagging']);
  const entries = (['access', 'network'] as const).map(
    (name) =>
      /one more IAM role|a route/.exec(readFileSync(join(clone, 'packages', name, 'CHANGELOG.md'), 'utf8'))?.[0],
  );
  check('changelogs', entries, ['one more IAM role', 'a route']);
  check(
    'publication',
    publish().sort(),
    changed.map((tag) => `${tag} is published.`),
  );
  check(
    'publication once more',
    publish().sort(),
    changed.map((tag) => `${tag} is published already.`),
  );
  const app = join(folder, 'app');
  mkdirSync(app);
  run(
    'npm',
    ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--prefix', app, ...changed.slice(0, 2)],
    app,
    npm,
  );
  const installed = ['access', 'network', 'tagging'].map((name) => {
    const { version, main } = JSON.parse(
      readFileSync(join(app, 'node_modules', '@user-metrics', name, 'package.json'), 'utf8'),
    );
    return `@user-metrics/${name}@${version} ${existsSync(join(app, 'node_modules', '@user-metrics', name, main))}`;
  });
  check(
    'installation from the registry',
    installed,
    [...changed.slice(0, 2), first['tagging']].map((tag) => `${tag} true`),
  );
}

async function main(): Promise<void> {
  try {
    prepare();
    await withRegistry(rehearse);
  } catch (error) {
    const { message, stdout = '', stderr = '' } = error as { message: string; stdout?: string; stderr?: string };
    process.stderr.write(`${message}\n${stdout}${stderr}\n`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
