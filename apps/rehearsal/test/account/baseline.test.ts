import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stageOf } from '@user-metrics/foundation/account';
import type { Baseline } from '@user-metrics/umami-db/verification';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { runFoundation } from '../../lib/src/account/foundation-command';
import { reopen } from './plain-account';

const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };
const HOUR = 3_600_000;

let account: Account;
let folder: string;
beforeAll(async () => {
  account = await reopen(inject('account'));
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
});

/** Publishes the CPU of the last whole hours, the newest last. */
async function publishCpu(percent: readonly number[]): Promise<void> {
  const begin = Math.floor(Date.now() / HOUR) * HOUR - percent.length * HOUR;
  const Dimensions = [{ Name: 'DBClusterIdentifier', Value: stageOf(account).database.clusterIdentifier }];
  await account.aws.cloudWatch.putMetricData({
    Namespace: 'AWS/RDS',
    MetricData: percent.map((Value, index) => ({
      MetricName: 'CPUUtilization',
      Dimensions,
      Value,
      Timestamp: new Date(begin + index * HOUR + HOUR / 2),
    })),
  });
}

async function capture(name: string): Promise<Baseline> {
  const file = join(folder, name);
  const { exitCode, output } = await runFoundation(account, 'baseline capture', OPTIONS, [
    ...['--seconds', '5', '--output', file],
  ]);
  expect(exitCode, output).toBe(0);
  return JSON.parse(readFileSync(file, 'utf8'));
}

const cpuOf = ({ figures }: Baseline) =>
  figures.filter(({ group, name }) => group === 'cloudwatch' && name.startsWith('CPUUtilization of '));

test('a baseline has the figures of the function and those of CloudWatch; two are compared and filed', async () => {
  const percent = Array.from({ length: 24 }, (_, hour) => 10 + (hour % 3));
  await publishCpu(percent);
  const before = await capture('before.json');
  const after = await capture('after.json');
  expect(cpuOf(before).map(({ samples }) => samples)).toEqual([percent, percent]);
  // The administrator of the rehearsal is no member of pg_monitor, and a day is no week.
  const unknown = after.notRead
    .filter(({ state }) => state === 'unknown')
    .map(({ what, reason, fix }) => fix ?? `${what}: ${reason}`);
  expect(unknown).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^grant pg_monitor to /),
      expect.stringMatching(/^CPUUtilization of cluster .*: CloudWatch has values of 24 of 168 hours/),
    ]),
  );
  expect(new Set(before.figures.map(({ of }) => of))).toEqual(new Set(['umami', 'others', 'cluster']));
  const files = ['before.json', 'after.json'].map((name) => join(folder, name));
  const compared = await runFoundation(account, 'baseline compare', OPTIONS, [...files, '--json', '--output', folder]);
  const { refused, figures } = JSON.parse(compared.printed);
  expect(refused).toEqual([]);
  expect(figures.filter(({ name }: { name: string }) => name.startsWith('CPUUtilization of '))).toMatchObject([
    { verdict: 'same' },
    { verdict: 'same' },
  ]);
  const endings = readdirSync(folder).filter((name) => name.startsWith('baseline-comparison-'));
  expect(endings.map((name) => name.split('.').at(-1)).sort()).toEqual(['html', 'json', 'md']);
});
