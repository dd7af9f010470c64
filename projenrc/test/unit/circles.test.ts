import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CIRCLES } from '../../biome';

const REPOSITORY = join(__dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'circles-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('files that import a type of each other fail the lint, one way does not', () => {
  copyFileSync(join(REPOSITORY, 'biome.json'), join(folder, 'biome.json'));
  writeFileSync(join(folder, 'a.ts'), "import type { B } from './b';\nexport type A = B;\n");
  writeFileSync(join(folder, 'b.ts'), 'export interface B {}\n');
  expect(lint()).toMatchObject({ status: 0 });

  writeFileSync(join(folder, 'b.ts'), "import type { A } from './a';\nexport interface B {\n  readonly a: A;\n}\n");
  expect(lint()).toMatchObject({ status: 1, output: expect.stringContaining('part of a cycle') });
});

function lint(): { readonly status: number | null; readonly output: string } {
  const [command, ...args] = CIRCLES.split(' ');
  const bin = join(REPOSITORY, 'node_modules', '.bin', String(command));
  const { status, stdout, stderr } = spawnSync(bin, [...args, '--vcs-enabled=false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}
