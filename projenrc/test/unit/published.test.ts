import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..');
const MAIN = 'https://github.com/user-metrics/foundation/blob/main/';

const published = ['packages', 'sst'].flatMap((parent) =>
  readdirSync(join(REPOSITORY, parent)).map((name) => `${parent}/${name}`),
);

describe.each(published)('%s', (folder) => {
  test('has a README whose links lead somewhere from the registry', () => {
    const readme = readFileSync(join(REPOSITORY, folder, 'README.md'), 'utf8');
    const targets = [...readme.matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target = '']) => target);
    // The registry shows the README alone: what is relative leads nowhere.
    expect(targets.filter((target) => !/^https:\/\//.test(target))).toEqual([]);
    const ours = targets.filter((target) => target.startsWith(MAIN)).map((target) => target.slice(MAIN.length));
    expect(ours.filter((file) => !existsSync(join(REPOSITORY, file)))).toEqual([]);
  });
});

test('npm packs no package before it is built, and says what is missing', () => {
  const clone = mkdtempSync(join(tmpdir(), 'not-built-'));
  const folder = join(clone, 'packages', 'tagging');
  mkdirSync(folder, { recursive: true });
  for (const shared of ['node_modules', 'projenrc']) symlinkSync(join(REPOSITORY, shared), join(clone, shared));
  copyFileSync(join(REPOSITORY, 'packages', 'tagging', 'package.json'), join(folder, 'package.json'));
  const { status, stderr } = spawnSync('npm', ['pack'], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toMatch(/cannot be packed: lib, assets, .* Run in the repository: npx projen build$/m);
  expect(status).toBe(1);
  expect(readdirSync(folder)).toEqual(['package.json']);
});
