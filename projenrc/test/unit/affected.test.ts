import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test, vi } from 'vitest';

// Each call of nx reads the whole repository.
vi.setConfig({ testTimeout: 60_000 });

const REPOSITORY = join(__dirname, '..', '..', '..');

const asked = new Map<string, Promise<string>>();

/** What nx prints; it is asked the same once. */
function nx(...args: string[]): Promise<string> {
  const env = { ...process.env, NX_DAEMON: 'false' };
  const bin = join(REPOSITORY, 'node_modules', '.bin', 'nx');
  const run = () => promisify(execFile)(bin, args, { cwd: REPOSITORY, env }).then(({ stdout }) => stdout);
  const answer = asked.get(args.join(' ')) ?? run();
  asked.set(args.join(' '), answer);
  return answer;
}

/** The projects that nx runs when these files change, without their scope. */
async function affectedBy(...files: string[]): Promise<string[]> {
  const projects = await nx('show', 'projects', '--affected', `--files=${files.join(',')}`, '--json');
  return (JSON.parse(projects) as string[]).map((name) => name.replace('@user-metrics/', '')).sort();
}

describe('a change runs what reads it, and nothing else', () => {
  const app = ['foundation', 'rehearsal'];
  test.each([
    ['source', 'packages/storage/src/session-replay-bucket.ts', [...app, 'storage']],
    ['README', 'packages/storage/README.md', [...app, 'repository', 'storage']],
    ['fixture', 'packages/umami-db/test/fixtures/catalog.json', [...app, 'umami-db']],
    ['page that no package reads', 'docs/architecture.md', ['repository']],
    ['page that a test compares', 'docs/umami-database-objects.md', [...app, 'repository', 'umami-db']],
  ])('%s: %s', async (_, file, projects) => {
    expect(await affectedBy(file)).toEqual(projects);
  });

  test('vocabulary: what speaks it, and no tool', async () => {
    const affected = await affectedBy('packages/tagging/src/schema/keys.ts');
    expect(affected).toEqual(expect.arrayContaining(['network', 'sst']));
    expect(affected).not.toContain('postgres-server');
    expect(affected).not.toContain('repository');
  });

  test('the lock file and the configuration of the compiler: everything', async () => {
    const all = JSON.parse(await nx('show', 'projects', '--json'));
    expect(all.length).toBeGreaterThan(10);
    expect(await affectedBy('package-lock.json')).toHaveLength(all.length);
    expect(await affectedBy('tsconfig.base.json')).toHaveLength(all.length);
  });
});

/** The files whose change makes nx run a target anew. */
async function inputsOf(target: string): Promise<string[]> {
  return JSON.parse(await nx('show', 'target', 'inputs', `@user-metrics/${target}`, '--json')).files;
}

test('an edit of the configuration compiles nothing; its types are checked, and it is synthesised', async () => {
  const CONFIG = 'apps/foundation/foundation.config.ts';
  for (const target of ['foundation:compile', 'rehearsal:compile']) {
    const inputs = await inputsOf(target);
    expect(inputs).toContain('apps/foundation/src/index.ts');
    expect(inputs).not.toContain(CONFIG);
  }
  for (const target of ['foundation:typecheck', 'foundation:synth']) expect(await inputsOf(target)).toContain(CONFIG);
});

test.each([
  ['biome.json', 'network:lint', 'network:test'],
  ['vitest.config.mts', 'network:test', 'network:lint'],
  ['packages/tagging/README.md', 'network:tarball', 'network:compile'],
  ['packages/tagging/test/whole-app.ts', 'tagging:test', 'network:test'],
])('%s is read by %s, and not by %s', async (file, reader, other) => {
  expect(await inputsOf(reader)).toContain(file);
  expect(await inputsOf(other)).not.toContain(file);
});

test('a cached result is used only until something changes that was read', async () => {
  expect(await inputsOf('foundation:test')).toEqual(
    expect.arrayContaining([
      'apps/foundation/test/unit/estimate.test.ts',
      'docs/decisions/041-egress.md',
      'examples/README.md',
      'package-lock.json',
      'packages/cost/README.md',
      'packages/network/README.md',
      'packages/network/src/nat.ts',
      'projenrc/vitest/temporary-folder.mts',
      'sst/observability/tags.ts',
      'tsconfig.base.json',
      'vitest.config.mts',
    ]),
  );
});
