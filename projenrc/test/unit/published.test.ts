import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
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

test('a package is not packed before it is built', () => {
  const folder = join(REPOSITORY, 'packages', 'tagging');
  const clone = mkdtempSync(join(tmpdir(), 'not-built-'));
  copyFileSync(join(folder, 'package.json'), join(clone, 'package.json'));
  const { scripts } = JSON.parse(readFileSync(join(clone, 'package.json'), 'utf8'));
  const [tsx, script] = scripts.prepack.split(' ');
  const command = join(REPOSITORY, 'node_modules', '.bin', tsx);
  const { status, stderr } = spawnSync(command, [join(folder, script)], { cwd: clone, encoding: 'utf8' });
  expect(stderr).toMatch(/cannot be packed: lib, assets, .* Run in the repository: npx projen build\n$/s);
  expect(status).toBe(1);
}, 30_000);
