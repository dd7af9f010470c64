import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..');

/** The projects that nx runs when these files change. */
function affectedBy(...files: string[]): string[] {
  const args = ['show', 'projects', '--affected', `--files=${files.join(',')}`, '--json'];
  const env = { ...process.env, NX_DAEMON: 'false' };
  const out = execFileSync(join(REPOSITORY, 'node_modules', '.bin', 'nx'), args, {
    cwd: REPOSITORY,
    env,
    encoding: 'utf8',
  });
  return (JSON.parse(out) as string[]).sort();
}

test('a change in storage runs storage and what depends on it, and nothing else', () => {
  expect(affectedBy('packages/storage/src/session-replay-bucket.ts')).toEqual([
    '@user-metrics/foundation',
    '@user-metrics/rehearsal',
    '@user-metrics/storage',
  ]);
});

test('a change in the vocabulary runs everything that speaks it, and no tool', () => {
  const affected = affectedBy('packages/tagging/src/schema/keys.ts');
  expect(affected).toContain('@user-metrics/network');
  expect(affected).toContain('@user-metrics/sst');
  expect(affected).not.toContain('@user-metrics/postgres-server');
  expect(affected).not.toContain('repository');
});

test('a change in the app runs the app and the rehearsal', () => {
  expect(affectedBy('apps/foundation/src/lifecycle/cli.ts')).toEqual([
    '@user-metrics/foundation',
    '@user-metrics/rehearsal',
  ]);
});

test('a change in the documentation runs no package', () => {
  expect(affectedBy('docs/architecture.md')).toEqual(['repository']);
});
