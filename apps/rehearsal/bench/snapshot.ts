import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { loadFoundation } from '@user-metrics/foundation';
import type { Snapshot } from '@user-metrics/foundation/snapshot';
import { startLocalAws } from '@user-metrics/local-aws';
import { type Aws, clientsFor } from '../src/account/aws';
import { writeConfig } from '../src/account/config-copy';
import { type Figure, time } from './figure';
import { PEAK } from './live-tags';

const RUNS = 3;

/** Resources of others by kind: 2,000. */
const KINDS: { readonly [kind: string]: { count: number; create: (aws: Aws, name: string) => Promise<unknown> } } = {
  bucket: { count: 300, create: ({ s3 }, Bucket) => s3.createBucket({ Bucket }) },
  topic: { count: 400, create: ({ sns }, Name) => sns.createTopic({ Name }) },
  'IAM role': {
    count: 500,
    create: ({ iam }, RoleName) => iam.createRole({ RoleName, AssumeRolePolicyDocument: '{"Statement":[]}' }),
  },
  alarm: {
    count: 400,
    create: ({ cloudWatch }, AlarmName) =>
      cloudWatch.putMetricAlarm({
        AlarmName,
        Namespace: 'Shop',
        MetricName: 'Errors',
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 5,
        ComparisonOperator: 'GreaterThanThreshold',
      }),
  },
  'security group': {
    count: 400,
    create: ({ ec2 }, GroupName) => ec2.createSecurityGroup({ GroupName, Description: GroupName }),
  },
};

/** `snapshot` of an emulated account with 2,000 resources of others. */
export async function measureSnapshot(): Promise<Figure[]> {
  const localAws = await startLocalAws({ postgres: { host: '127.0.0.1', port: 5432 } });
  const folder = mkdtempSync(join(tmpdir(), 'bench-snapshot-'));
  try {
    const { endpoint, region, credentials } = localAws;
    const aws = clientsFor({ endpoint, region, credentials });
    for (const [kind, { count, create }] of Object.entries(KINDS))
      for (let i = 0; i < count; i += 1) await create(aws, `bench-${kind.replaceAll(' ', '-').toLowerCase()}-${i}`);
    const [foundationFolder, id] = [
      folderOf('@user-metrics/foundation'),
      (await aws.sts.getCallerIdentity({})).Account,
    ];
    const foundation = await loadFoundation(join(foundationFolder, 'foundation.config.ts'));
    const { file } = writeConfig(folder, JSON.parse(JSON.stringify(foundation).replaceAll('111122223333', String(id))));
    const [seconds, peaks]: [number[], number[]] = [[], []];
    for (let i = 0; i < RUNS; i += 1)
      seconds.push((await time(async () => peaks.push(await peakOf(foundationFolder, file, localAws.env)))) / 1000);
    const what = 'snapshot, 2,000 resources of others';
    return [
      { what, unit: 's', limit: 20, values: seconds },
      { what: `${what}: memory`, unit: 'MB', limit: 300, values: peaks },
    ];
  } finally {
    await localAws.stop();
    rmSync(folder, { recursive: true });
  }
}

function folderOf(name: string): string {
  return dirname(createRequire(__filename).resolve(`${name}/package.json`));
}

/** Most memory that the command took, in MB. */
async function peakOf(foundationFolder: string, config: string, env: NodeJS.ProcessEnv): Promise<number> {
  const output = `${config}.snapshot.json`;
  const bin = join(foundationFolder, 'bin', 'user-metrics.js');
  const command = ['--import', PEAK, bin, 'snapshot', '--config', config, '--output', output];
  const child = spawn(process.execPath, command, {
    env: { ...env, AWS_REGION: 'us-east-1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stderr = await text(child.stderr);
  const { services } = JSON.parse(readFileSync(output, 'utf8')) as Snapshot;
  const kinds = Object.assign({}, ...Object.values(services)) as { readonly [kind: string]: object };
  for (const [kind, { count }] of Object.entries(KINDS)) {
    const found = Object.keys(kinds[kind] ?? {}).length;
    if (found < count) throw new Error(`The snapshot must hold ${count} of kind ${kind}, got: ${found}.`);
  }
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1000;
}
