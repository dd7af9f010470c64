import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..');
const published = ['packages', 'sst'].flatMap((parent) =>
  readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}`),
);

let clone: string;
beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), 'without-tags-'));
  for (const folder of published) mkdirSync(join(clone, folder), { recursive: true });
  const manifests = ['', ...published].map((folder) => join(folder, 'package.json'));
  for (const file of ['nx.json', 'package-lock.json', ...manifests])
    copyFileSync(join(REPOSITORY, file), join(clone, file));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(clone, 'node_modules'));
  run('git', 'init', '-q', '-b', 'main');
  commit('chore: begin', 'nx.json', 'package-lock.json', ...manifests);
  writeFileSync(join(clone, 'packages', 'tagging', 'index.js'), '');
  commit('feat(tagging)!: another schema', 'packages/tagging');
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

function commit(message: string, ...files: string[]): void {
  run('git', 'add', '--', ...files);
  run('git', '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', message);
}

function run(command: string, ...args: string[]) {
  // The nx that runs this test tells it of its own workspace.
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('NX_'));
  const env = {
    ...Object.fromEntries(outside),
    NX_DAEMON: 'false',
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    GIT_CEILING_DIRECTORIES: tmpdir(),
  };
  return spawnSync(command, args, { cwd: clone, encoding: 'utf8', env });
}

test('a breaking change can be released before the first tag: dependents follow, and each has a changelog', () => {
  const nx = join(REPOSITORY, 'node_modules', '.bin', 'nx');
  const { status, stdout, stderr } = run(nx, 'release', '--skip-publish', '--dry-run');
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  expect(stdout).toMatch(/^\+ +"@user-metrics\/tagging": "\^/m);
  expect(stdout).toMatch(/an entry in packages\/tagging\/CHANGELOG\.md for [\s\S]*another schema/);
  expect(stdout).toContain('Tagging commit with git');
});
