import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Estimate, estimate, sumOf } from '@user-metrics/cost/estimate';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { describe, expect, test } from 'vitest';
import { buildApp, loadFoundation } from '../../src';
import { assemblyOf, type Change, inOwnVpc, MODES, modeOf } from './modes';

function estimateOf(change: Change): Estimate {
  return estimateOfStacks(assemblyOf(change));
}

function estimateOfStacks(assembly: CloudAssembly): Estimate {
  const stacks = assembly.stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  return estimate(stacks, { region: 'us-east-1' });
}

test.each(MODES)('nothing is without a price or a reason to be free: %s', (_, change) => {
  expect(estimateOf(change).unknown).toEqual([]);
});

describe('what the foundation promises', () => {
  test('the daily cost of the project on the dashboard costs $1.50 a month at most, with what is outside the tag', () => {
    const usd = (change: Change) => {
      const { lines, outsideTheTag } = estimateOf(change);
      return sumOf([...lines, ...outsideTheTag].filter(({ stack }) => stack === 'UserMetrics-CostReports'));
    };
    const without = usd((_, cost) => void Object.assign(cost, { trend: false }));
    const trend = usd(modeOf('inside, as it comes')) - without;
    expect(trend).toBeGreaterThan(0.5);
    expect(trend).toBeLessThanOrEqual(1.5);
  });

  test("a stage inside the application's VPC, through its NAT gateway, costs $6 a month at most", () => {
    const { total } = estimateOf(modeOf('inside, with a shared NAT gateway'));
    expect(total).toBeGreaterThan(1);
    expect(total).toBeLessThanOrEqual(6);
  });

  test('a stage in a VPC of its own costs $45 a month at most', () => {
    const { total } = estimateOf(inOwnVpc());
    expect(total).toBeGreaterThan(36.5);
    expect(total).toBeLessThanOrEqual(45);
  });
});

test('the README of the cost package has the figures of the configurations that come with the repository', async () => {
  const readme = readFileSync(join(__dirname, '../../../../packages/cost/README.md'), 'utf8');
  const [, table = ''] = /<!-- estimate -->\n([\s\S]+)<!-- \/estimate -->/.exec(readme) ?? [];
  const rows = table.trim().split('\n').slice(2);
  const figures = new Map(
    rows.map((row) => row.split('|').map((cell) => cell.trim())).map(([, name, ...usd]) => [name, usd.slice(0, 2)]),
  );
  const files = ['foundation.config.ts', 'new-network.config.ts'].map((file) => join(__dirname, '../..', file));
  const foundations = await Promise.all(files.map((file) => loadFoundation(file)));
  expect(foundations.map(({ stages }) => stages['dev']?.network.mode)).toEqual(['inside', 'new']);
  const columns = foundations.map((foundation) => estimateOfStacks(buildApp(foundation, 'dev').synth()));
  for (const [name, usd] of figures) {
    const computed = columns.map(({ lines, total }) =>
      (name === 'Total' ? total : sumOf(lines.filter(({ stack }) => stack === name))).toFixed(2),
    );
    expect([name, ...usd]).toEqual([name, ...computed]);
  }
  const stacks = new Set(columns.flatMap(({ lines }) => lines.map(({ stack }) => stack)));
  expect(figures.size).toBe(stacks.size + 1);
  for (const file of ['', ' --config apps/foundation/new-network.config.ts'])
    expect(readme).toContain(`\`npx projen estimate${file}\``);
}, 60_000);
