import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Comparison } from '@user-metrics/foundation/snapshot';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { FRONTEND_BUCKET } from '../../lib/src/account/existing-application/frontend';
import { runFoundation } from '../../lib/src/account/foundation-command';
import { type Undo, withRight } from './changes';
import { reopen } from './plain-account';

const OPTIONS = { signal: new AbortController().signal, onProgress: () => {} };

let account: Account;
let before: string;
/** Takes a snapshot with the command, as a user would, and gives its file. */
async function takeSnapshot(): Promise<string> {
  const file = join(mkdtempSync(join(tmpdir(), 'snapshot-')), 'snapshot.json');
  const { exitCode, output } = await runFoundation(account, 'snapshot', OPTIONS, ['--output', file]);
  expect(exitCode, output).toBe(0);
  return file;
}

/** What two snapshots differ in and both could read. */
async function changes(after: string): Promise<string[]> {
  const { printed } = await runFoundation(account, 'snapshot', OPTIONS, ['compare', before, after, '--json']);
  const { differences } = JSON.parse(printed) as Comparison;
  return differences.flatMap(({ change, text }) => (change === 'unknown' ? [] : [text]));
}

beforeAll(async () => {
  account = await reopen(inject('account'));
  before = await takeSnapshot();
});

/** A real change by somebody else, and what alone is said of it. */
test.each<[string, (account: Account) => Promise<Undo>, RegExp]>([
  [
    'a rule of the security group of the database',
    async ({ aws, existingApplication }) => {
      const rule = {
        GroupId: existingApplication.network.databaseSecurityGroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      };
      await aws.ec2.authorizeSecurityGroupIngress(rule);
      return () => aws.ec2.revokeSecurityGroupIngress(rule);
    },
    /^security group sg-\w+ of VPC vpc-\w+: inbound rule sgr-\w+ added: tcp 22 from 0\.0\.0\.0\/0$/,
  ],
  [
    'the CORS configuration of a bucket',
    async ({ aws: { s3 } }) => {
      const { CORSRules = [] } = await s3.getBucketCors({ Bucket: FRONTEND_BUCKET });
      const put = (rules: typeof CORSRules) =>
        s3.putBucketCors({ Bucket: FRONTEND_BUCKET, CORSConfiguration: { CORSRules: rules } });
      await s3.deleteBucketCors({ Bucket: FRONTEND_BUCKET });
      return () => put(CORSRules);
    },
    /^bucket shop-frontend\S*: cors removed: \[/,
  ],
  [
    'the policies of an IAM role',
    async (account) => withRight(account, 'shop-functions', 'cloudwatch:PutMetricData'),
    /^IAM role shop-functions: inline policy too-much added: \{/,
  ],
])('snapshot compare names exactly what others changed: %s', async (_, change, says) => {
  const undo = await change(account);
  const after = await takeSnapshot().finally(undo);
  expect(await changes(after)).toEqual([expect.stringMatching(says)]);
});
