import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '..', '..', '..', '.github', 'workflows');
const workflows = readdirSync(FOLDER).map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const);

test('there is one workflow for pull requests, one for main and one for a release', () => {
  expect(workflows.map(([file]) => file)).toEqual(['main.yml', 'pull-request.yml', 'release.yml']);
});

test.each(workflows)('%s names every action by its commit', (_, text) => {
  const uses = [...text.matchAll(/uses: (\S+)/g)].map(([, action]) => action);
  expect(uses.length).toBeGreaterThan(0);
  for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
});

const release = parse(workflows[2]?.[1] ?? '');

describe('a release', () => {
  const commands = (name: string): string[] =>
    release.jobs[name].steps.flatMap(({ run = '' }: { run?: string }) => run.split('\n')).filter(Boolean);

  test('is started by hand alone, from main, one at a time', () => {
    expect(release.on).toEqual({ workflow_dispatch: {} });
    expect(release.jobs.verify.if).toBe("github.ref == 'refs/heads/main'");
    expect(release.concurrency).toEqual({ group: 'release', 'cancel-in-progress': false });
  });

  test('checks everything and shows what it would do before a person approves it', () => {
    expect(release.jobs.verify.environment).toBeUndefined();
    expect(commands('verify')).toEqual(expect.arrayContaining(['.ci/run', 'npx projen release-rehearsal']));
    expect(commands('verify').join()).toMatch(/npx projen release --dry-run .*GITHUB_STEP_SUMMARY/);
    expect(release.jobs.version).toMatchObject({ needs: 'verify', environment: { name: 'release' } });
    expect(release.jobs.publish).toMatchObject({ needs: 'version', environment: { name: 'release' } });
  });

  test('publishes what was built and tested from the tagged commit', () => {
    expect(release.jobs.publish.steps[0].with.ref).toBe('${{ needs.version.outputs.commit }}');
    expect(commands('publish')).toEqual([
      'npm ci',
      'npx projen build',
      'USER_METRICS_OLDEST_CDK=true npx projen tarball',
      expect.stringContaining('npm install --global npm@'),
      'sh projenrc/release/publish.sh --provenance',
    ]);
  });

  test('has no token of npm, and each job no more rights than it needs', () => {
    expect(workflows[2]?.[1]).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN|cache:/);
    const rights = Object.entries<{ permissions: object }>(release.jobs).map(([name, { permissions }]) => [
      name,
      permissions,
    ]);
    expect(Object.fromEntries(rights)).toEqual({
      verify: { contents: 'read' },
      version: { contents: 'write' },
      publish: { contents: 'read', 'id-token': 'write' },
    });
  });
});

describe.each(workflows.slice(0, 2))('%s', (file, text) => {
  test('may only read the repository, and keeps no credentials', () => {
    const jobs = text.match(/^ {4}permissions:$/gm) ?? [];
    const rights = [...text.matchAll(/permissions:\n((?: {6}.*\n)+)/g)].map(([, block]) => block?.trim());
    expect(new Set(rights)).toEqual(new Set(['contents: read']));
    expect(jobs).toHaveLength(rights.length);
    expect(text.match(/runs-on:/g)).toHaveLength(rights.length);
    expect(text.match(/persist-credentials: false/g)).toHaveLength(rights.length);
    expect(text).not.toMatch(/secrets\.|id-token|GITHUB_TOKEN/);
  });

  test('runs on Node.js 20, 22 and 24, and SST on the one that it asks for', () => {
    expect([...text.matchAll(/^ {10}- "(\d+)/gm)].map(([, major]) => major)).toEqual(
      file === 'main.yml' ? ['20', '22', '24', '20', '20', '22'] : ['20', '22', '24', '22'],
    );
  });
});

test('pull requests run what they affect, main runs everything, every night too', () => {
  const [main, pullRequest] = workflows.map(([, text]) => text);
  expect(pullRequest).toContain(
    'nx affected --base="$BASE" -t compile bundle lint typecheck test integration tarball synth cfn-lint rehearse-fast',
  );
  expect(main).toContain('run: .ci/run');
  expect(main).not.toContain('affected');
  expect(main).toMatch(/^ {2}schedule:\n {4}- cron: /m);
  expect(main).toContain('nx run @user-metrics/sst:verify-sst');
  expect(main).toContain('USER_METRICS_OLDEST_CDK=true npx projen tarball');
  expect(pullRequest).toContain('nx affected --base="$BASE" -t verify-sst');
  expect(pullRequest).toContain('npx tsx projenrc/release/releasing-commits.ts "$BASE"');
  const { jobs } = parse(main ?? '');
  expect(jobs['newest-cdk']).toMatchObject({ if: "github.event_name != 'push'" });
  // The cache of nx holds results of the release that the lock file names.
  const cached = Object.keys(jobs).filter((name) => JSON.stringify(jobs[name].steps).includes('actions/cache@'));
  expect(cached).toEqual(['everything', 'node', 'oldest-cdk', 'verify-sst']);
  expect(main).toContain('npm install --no-save --ignore-scripts aws-cdk-lib@2 ');
});

test('what takes long and does not depend on Node.js runs once', () => {
  const [main] = workflows.map(([, text]) => text);
  const [everything] = /^ {2}everything:\n(?: {4}.*\n)+/m.exec(main ?? '') ?? [];
  expect([...(everything ?? '').matchAll(/^ {10}- "(.*)"/gm)].map(([, release]) => release)).toEqual(['20.19']);
});

describe('generated files that are not committed fail a pull request', () => {
  const steps = [...(workflows[1]?.[1] ?? '').matchAll(/run: npx projen(?: api)? && (git .*)$/gm)].map(
    ([, check]) => check,
  );
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'generated-'));
    writeFileSync(join(folder, 'committed'), 'as it is');
    const author = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
    for (const args of [
      ['init', '-q'],
      ['add', '.'],
      [...author, 'commit', '-qm', 'first'],
    ])
      run('git', args);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, args: string[]) => spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  const check = () => steps.map((step) => run('bash', ['-ec', String(step)]).status);

  test.each([
    ['nothing', () => {}, [0, 0]],
    ['a changed file', () => writeFileSync(join(folder, 'committed'), 'changed'), [1, 1]],
    ['a new file', () => writeFileSync(join(folder, 'new'), ''), [1, 1]],
  ])('%s', (_, change, expected) => {
    change();
    expect(check()).toEqual(expected);
  });
});
