import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entriesOf, writeApiDocs } from '../../src/index.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-package-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A package of modules. */
function packageOf(index: string, others: Record<string, string> = {}): void {
  const sources = { index, ...others };
  const modules = Object.keys(sources).map((name) => [
    name === 'index' ? '.' : `./${name}`,
    { types: `./lib/src/${name}.d.ts`, default: `./lib/src/${name}.js` },
  ]);
  const exports = { ...Object.fromEntries(modules), './package.json': './package.json' };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: '@user-metrics/thing', version: '0.1.0', exports }),
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { strict: true, types: [] }, include: ['src'] }),
  );
  mkdirSync(join(folder, 'src'));
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, 'src', `${name}.ts`), source);
}

test('the entries of a package are the sources of what its package.json exports', () => {
  const exports = {
    '.': { types: './lib/src/index.d.ts' },
    './schema': { types: './lib/src/schema/index.d.ts' },
    './package.json': './package.json',
  };
  expect(entriesOf({ name: '@user-metrics/tagging', exports })).toEqual({
    '@user-metrics/tagging': 'src/index.ts',
    '@user-metrics/tagging/schema': 'src/schema/index.ts',
  });
});

test('the reference holds what is exported with its comments, and nothing else', async () => {
  packageOf(
    [
      '/** How long a thing lives. */',
      'export interface ThingProps {',
      '  /** Days. @default 30 */',
      '  readonly days?: number;',
      '}',
      '/** Never seen. */',
      'const secret = 1;',
      '/** A thing. */',
      'export class Thing { private readonly hidden = secret; /** Says {@link ThingProps}. */ say(): number { return this.hidden; } }',
    ].join('\n'),
  );
  await writeApiDocs(folder);
  const reference = readFileSync(join(folder, 'API.md'), 'utf8');
  for (const part of ['# @user-metrics/thing: reference', 'A thing.', 'How long a thing lives.', 'Days.', '30']) {
    expect(reference).toContain(part);
  }
  expect(reference).not.toMatch(/hidden|secret|Never seen/);
}, 60_000);

test('each module has a section of its own', async () => {
  packageOf('/** A thing. */\nexport class Thing {}\n', { more: '/** Another one. */\nexport class Other {}\n' });
  await writeApiDocs(folder);
  const [, first, second] = readFileSync(join(folder, 'API.md'), 'utf8').split(/^## /m);
  expect(first).toMatch(/^@user-metrics\/thing\n.*A thing\.(?!.*Another one)/s);
  expect(second).toMatch(/^@user-metrics\/thing\/more\n.*Another one\.(?!.*A thing)/s);
}, 60_000);

test('fails when a comment refers to what is not there', async () => {
  packageOf('/** See {@link Nothing}. */\nexport class Thing {}\n');
  await expect(writeApiDocs(folder)).rejects.toThrow(/src\/index\.ts of .* has doc comments to fix/);
}, 60_000);
