import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Baseline, Figure } from '../../../runtime/baseline/baseline';
import { main } from '../../../runtime/commands/index';
import { AFTER, baselineOf, figureOf } from '../baseline/baselines';

const folder = mkdtempSync(join(tmpdir(), 'umami-db-baseline-'));
const printed = { stdout: '', stderr: '' };

beforeEach(() => {
  for (const name of ['stdout', 'stderr'] as const) {
    printed[name] = '';
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += text;
      return true;
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function compare(before: Baseline | string, after: Baseline | string, ...options: string[]): Promise<number> {
  const files = Object.entries({ before, after }).map(([name, content]) => {
    const file = join(folder, `${name}.json`);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  });
  return main(['baseline', 'compare', ...files, ...options]);
}

const around = (value: number) => Array.from({ length: 24 }, (_, index) => value + ((index * 7) % 11) / 10);
const figures = (commits: number): Figure[] => [
  figureOf(around(commits)),
  figureOf([commits * 1e6], { name: 'size of the database', group: 'sizes', unit: 'bytes', worse: 'neither' }),
];

test('compare prints the comparison as Markdown, and ends with 3 where a figure is worse', async () => {
  expect(await compare(baselineOf(figures(100)), baselineOf(figures(200), AFTER))).toBe(3);
  expect(printed.stdout).toContain(`# Database shop before and after

Figures: 1 worse, 0 changed, 0 better; 0 the same, 0 unclear, 1 not tested.

|                         | before              | after               |
|-------------------------|---------------------|---------------------|
| captured at (UTC)       | 2026-11-02 10:00    | 2026-11-09 10:00    |
`);
  expect(printed.stdout).toContain(`## Worse

| figure  | of                  | before | after | change | 95 % interval     |
|---------|---------------------|--------|-------|--------|-------------------|
| commits | instance or cluster | 101/s  | 201/s | +100/s | +99.8/s to +100/s |
`);
  expect(printed.stdout).toContain('| size of the database | instance or cluster | 100 MB | 200 MB |');
});

test('compare ends with 0 where nothing is worse, and prints JSON', async () => {
  const same = figures(100);

  expect(await compare(baselineOf(same), baselineOf(same, AFTER), '--json')).toBe(0);
  expect(JSON.parse(printed.stdout)).toMatchObject({ refused: [], errorRate: 0.05, figures: { length: 2 } });
});

test('compare ends with 1 and the reason where the two cannot be compared', async () => {
  expect(await compare(baselineOf([]), baselineOf([], { ...AFTER, server: '18.1' }))).toBe(1);
  expect(printed.stdout).toContain(`## Not compared

The release of PostgreSQL changed: 17.4 before, 18.1 after.`);
});

test.each(['', '{}', '[]', '{"format":2}', 'null'])('compare refuses a file that is no baseline: %j', async (text) => {
  expect(await compare(baselineOf([]), text)).toBe(2);
  expect(printed.stderr).toMatch(/after\.json is no baseline: .+ Make one with: umami-db baseline capture > /);
});

test('a number that is not allowed is invalid usage', async () => {
  expect(await main(['baseline', 'capture', '--samples', '1'])).toBe(2);
  expect(printed.stderr).toContain('It must be a whole number from 2 to 200.');
});
