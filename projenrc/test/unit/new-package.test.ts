import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project } from 'projen';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ConstructPackage } from '../../construct-package';
import { Workspace, workspacesIn } from '../../workspace';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'new-package-'));
  vi.stubEnv('PROJEN_DISABLE_POST', 'true'); // installs nothing
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(outdir, { recursive: true, force: true });
});

/** What `npx projen` does for a repository with one package and one tool. */
function runProjen(): Project {
  const repository = new Project({ name: 'repository', outdir });
  new ConstructPackage(repository, { folder: 'packages/demo', description: 'A demonstration' });
  new Workspace(repository, { folder: 'tools/hammer', description: 'A tool' });
  repository.synth();
  return repository;
}

const FIRST = ['README.md', 'src/index.ts', 'test/unit/index.test.ts', 'test/readme/fixture.ts', 'test/tarball-app.ts'];
const demo = (file: string) => join(outdir, 'packages', 'demo', file);

test('a new package gets what its targets read, once', () => {
  runProjen();
  for (const file of FIRST) {
    expect(existsSync(demo(file))).toBe(true);
    writeFileSync(demo(file), 'changed by hand');
  }
  runProjen();
  for (const file of FIRST) expect(readFileSync(demo(file), 'utf8')).toBe('changed by hand');
});

test('its generated files name the .projenrc.ts of the repository', () => {
  runProjen();
  expect(readFileSync(demo('package.json'), 'utf8')).toContain('To modify, edit .projenrc.ts and run');
});

test('it belongs to the layer of its folder', () => {
  const repository = runProjen();
  expect(workspacesIn(repository, 'packages').map(({ name }) => name)).toEqual(['@user-metrics/demo']);
  expect(workspacesIn(repository, 'tools').map(({ name }) => name)).toEqual(['@user-metrics/hammer']);
});
