import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..');

interface Answers {
  readonly projects: string[];
  /** Projects that nx runs when these files change. */
  readonly affected: string[][];
  /** The files whose change makes nx run a target anew. */
  readonly inputs: { readonly [target: string]: string[] };
}

/** What a change runs, by what it is: the projects without their scope. */
const PACKAGES = ['all-packages', 'foundation', 'rehearsal'];
const CHANGES = [
  ['source', 'packages/storage/src/session-replay-bucket.ts', [...PACKAGES, 'storage']],
  ['README', 'packages/storage/README.md', [...PACKAGES, 'repository', 'storage']],
  ['fixture', 'packages/umami-db/test/fixtures/catalog.json', [...PACKAGES, 'umami-db']],
  ['page that no package reads', 'docs/architecture.md', ['repository']],
  ['page that a test compares', 'docs/umami-database-objects.md', [...PACKAGES, 'repository', 'umami-db']],
] as const;
const VOCABULARY = 'packages/tagging/src/schema/keys.ts';
const OF_ALL = ['package-lock.json', 'tsconfig.base.json'];

const READERS = [
  ['biome.json', 'network:lint', 'network:test'],
  ['vitest.config.mts', 'network:test', 'network:lint'],
  ['packages/tagging/README.md', 'all-packages:tarball', 'network:compile'],
  ['packages/tagging/test/whole-app.ts', 'tagging:test', 'network:test'],
] as const;
const COMPILED = ['foundation:compile', 'rehearsal:compile'];
const CHECKED = ['foundation:typecheck', 'foundation:synth'];
const TESTED = 'foundation:test';

/** Its name for nx: one is no package of npm. */
const withScope = (target: string) => (target.startsWith('all-packages:') ? target : `@user-metrics/${target}`);

const changed = [...CHANGES.map(([, file]) => file), VOCABULARY, ...OF_ALL];
let answers: Answers;
beforeAll(() => {
  const targets = [...READERS.flatMap(([, reader, other]) => [reader, other]), ...COMPILED, ...CHECKED, TESTED];
  const asked = {
    changes: changed.map((file) => [file]),
    targets: [...new Set(targets)].map(withScope),
  };
  const script = join(__dirname, '..', 'support', 'ask-nx.cjs');
  const env = { ...process.env, NX_DAEMON: 'false' };
  answers = JSON.parse(
    execFileSync(process.execPath, [script, JSON.stringify(asked)], { cwd: REPOSITORY, env }).toString(),
  );
});

function affectedBy(file: string): string[] {
  const projects = answers.affected[changed.indexOf(file)] ?? [];
  return projects.map((name) => name.replace('@user-metrics/', '')).sort();
}

const inputsOf = (target: string) => answers.inputs[withScope(target)];

describe('a change runs what reads it, and nothing else', () => {
  test.each(CHANGES)('%s: %s', (_, file, projects) => {
    expect(affectedBy(file)).toEqual(projects);
  });

  test('vocabulary: what speaks it, and no tool', () => {
    const affected = affectedBy(VOCABULARY);
    expect(affected).toEqual(expect.arrayContaining(['network', 'sst']));
    expect(affected).not.toContain('postgres-server');
    expect(affected).not.toContain('repository');
  });

  test('the lock file and the configuration of the compiler: everything', () => {
    expect(answers.projects.length).toBeGreaterThan(10);
    for (const file of OF_ALL) expect(affectedBy(file)).toHaveLength(answers.projects.length);
  });
});

test('an edit of the configuration compiles nothing; its types are checked, and it is synthesised', () => {
  const CONFIG = 'apps/foundation/foundation.config.ts';
  for (const target of COMPILED) {
    expect(inputsOf(target)).toContain('apps/foundation/src/index.ts');
    expect(inputsOf(target)).not.toContain(CONFIG);
  }
  for (const target of CHECKED) expect(inputsOf(target)).toContain(CONFIG);
});

test.each(READERS)('%s is read by %s, and not by %s', (file, reader, other) => {
  expect(inputsOf(reader)).toContain(file);
  expect(inputsOf(other)).not.toContain(file);
});

test('a cached result is used only until something changes that was read', () => {
  expect(inputsOf(TESTED)).toEqual(
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
