import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationTags } from '../../application-tags';
import { contractPath } from '../../contract';

// What npm would publish, unpacked where no other package is.

const PACKAGE = process.cwd();
const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
let folder: string;
let unpacked: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-sst-package-'));
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], PACKAGE));
  run('tar', ['-xzf', filename], folder);
  unpacked = join(folder, 'package');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('has no dependency, and asks for SST only', () => {
  const packed = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
  expect(packed.dependencies ?? {}).toEqual({});
  expect(packed.peerDependencies).toEqual({ sst: '>=3.19 <5' });
});

test('holds its README, its reference, its licence, and nothing of its tests', () => {
  expect(readdirSync(unpacked).sort()).toEqual(['API.md', 'LICENSE', 'README.md', 'lib', 'package.json', 'standalone']);
});

test('works without any other package', () => {
  const code = `
    const { applicationTags } = require('./lib/application-tags');
    const { contractPath } = require('./lib/contract');
    require('./lib/infrastructure');
    console.log(JSON.stringify([applicationTags('pr-12'), contractPath('dev')]));`;
  expect(JSON.parse(run(process.execPath, ['-e', code], unpacked))).toEqual([
    applicationTags('pr-12'),
    contractPath('dev'),
  ]);
});

describe.each(['lib', 'standalone'])('%s', (part) => {
  test('imports nothing but what lies beside', () => {
    const files = readdirSync(join(unpacked, part), { recursive: true, encoding: 'utf8' }).filter((file) =>
      /\.[jt]s$/.test(file),
    );
    const imported = files.flatMap((file) => {
      const text = readFileSync(join(unpacked, part, file), 'utf8');
      return [...text.matchAll(/(?:from |require\()["']([^"']+)["']/g)].map(([, name]) => String(name));
    });
    expect(imported).toContain('./schema');
    expect(imported.filter((name) => !name.startsWith('./'))).toEqual([]);
  });
});

test('the folder to copy holds this and no more', () => {
  expect(readdirSync(join(unpacked, 'standalone')).sort()).toEqual([
    'README.md',
    'application-tags.ts',
    'contract.ts',
    'foundation-error.ts',
    'function-network.ts',
    'infrastructure.ts',
    'schema',
    'tags.ts',
  ]);
});

test('keeps what publint asks of a package', async () => {
  const { messages } = await publint({ pkgDir: PACKAGE, pack: 'npm', strict: true });
  expect(messages.map((message) => formatMessage(message, manifest, { color: false }))).toEqual([]);
});

function run(command: string, args: string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
