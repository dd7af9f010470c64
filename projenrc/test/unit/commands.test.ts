import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const COMMANDS = join(__dirname, '..', '..', 'commands');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'commands-'));
  for (const name of ['bin', 'origin']) mkdirSync(join(folder, name));
  writeFileSync(join(folder, 'bin', 'nx'), '#!/bin/sh\necho "$NX_BASE nx $*"\n');
  chmodSync(join(folder, 'bin', 'nx'), 0o755);
  git('origin', 'init', '-q', '-b', 'main');
  git('origin', '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--allow-empty', '-m', 'first');
  git('.', 'clone', '-q', 'origin', 'clone');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}) {
  const path = `${join(folder, 'bin')}:${process.env['PATH']}`;
  const surroundings = { ...process.env, NX_BASE: '', GIT_CEILING_DIRECTORIES: folder, PATH: path, ...env };
  return spawnSync(program, args, { cwd: join(folder, cwd), encoding: 'utf8', env: surroundings });
}
const git = (cwd: string, ...args: string[]) => run('git', args, cwd).stdout.trim();
const command = (name: string, cwd: string, env?: NodeJS.ProcessEnv) =>
  run('sh', [join(COMMANDS, `${name}.sh`), '--verbose'], cwd, env);

describe('affected', () => {
  const TARGETS = 'nx affected -t compile bundle typecheck lint test --verbose\n';

  test('compares with main, without a local one with that of origin, or with what NX_BASE names', () => {
    const commit = git('clone', 'rev-parse', 'HEAD');
    expect(command('affected', 'clone').stdout).toBe(`${commit} ${TARGETS}`);
    git('clone', 'checkout', '-q', '-b', 'feature');
    git('clone', 'branch', '-D', 'main');
    expect(command('affected', 'clone').stdout).toBe(`${commit} ${TARGETS}`);
    expect(command('affected', 'bin', { NX_BASE: 'HEAD~1' }).stdout).toBe(`HEAD~1 ${TARGETS}`);
  });

  test('without anything to compare with, says how to get it', () => {
    expect(command('affected', 'bin')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringMatching(/^affected must have a commit.*\nFetch it: git fetch origin main:main\./),
    });
  });
});

describe('release', () => {
  test('fetches the tags first: versions are counted from them', () => {
    git('origin', 'tag', 'package@1.0.0');
    expect(command('release', 'clone').stdout).toBe(' nx release --skip-publish --verbose\n');
    expect(git('clone', 'tag')).toBe('package@1.0.0');
  });

  test('without origin, goes on with what the clone has', () => {
    git('clone', 'remote', 'remove', 'origin');
    expect(command('release', 'clone')).toMatchObject({
      status: 0,
      stderr: expect.stringContaining('The tags of origin could not be fetched'),
    });
  });
});

test('every command is run by projen', () => {
  const tasks = readFileSync(join(__dirname, '../../../.projen/tasks.json'), 'utf8');
  for (const file of readdirSync(COMMANDS)) expect(tasks).toContain(`"sh projenrc/commands/${file}`);
});

describe('a command after the build', () => {
  const then = (env: NodeJS.ProcessEnv, ...args: string[]) =>
    run('sh', [join(COMMANDS, 'build-then.sh'), 'echo', 'result', ...args], 'clone', env);

  test('prints its result; what the build says only with --verbose', () => {
    expect(then({}, '--json')).toMatchObject({ status: 0, stdout: 'result --json\n', stderr: 'Building …\n' });
    expect(then({}, '--verbose')).toMatchObject({
      status: 0,
      stdout: 'result\n',
      stderr: expect.stringContaining('nx run-many -t compile bundle'),
    });
  });

  test('that changes stacks gets --verbose too', () => {
    const link = join(folder, 'bin', 'user-metrics');
    writeFileSync(link, '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const deploy = run('sh', [join(COMMANDS, 'build-then.sh'), 'user-metrics', 'deploy', '--verbose'], 'clone', {});
    expect(deploy).toMatchObject({ status: 0, stdout: 'deploy --verbose\n' });
    const estimate = run('sh', [join(COMMANDS, 'build-then.sh'), 'user-metrics', 'estimate', '--verbose'], 'clone', {});
    expect(estimate).toMatchObject({ status: 0, stdout: 'estimate\n' });
  });

  test('does not run when the build fails, which says why', () => {
    writeFileSync(join(folder, 'bin', 'nx'), '#!/bin/sh\necho "error TS2304"\nexit 1\n');
    expect(then({})).toMatchObject({ status: 1, stdout: '', stderr: 'Building …\nerror TS2304\n' });
  });
});
