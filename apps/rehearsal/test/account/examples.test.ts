import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { published } from '@user-metrics/foundation/account';
import { beforeAll, expect, inject, test } from 'vitest';
import type { Account } from '../../lib/src/account/account';
import { CleanUp } from '../../lib/src/clean-up';
import { temporaryFolder } from '../../lib/src/temporary-folder';
import { reopen } from './plain-account';

// The emulator starts no container, and keeps VPC origin, distribution and load balancer without passing on a request.

const EXAMPLES = join(__dirname, '..', '..', '..', '..', 'examples');
const CDK = join(dirname(createRequire(__filename).resolve('aws-cdk/package.json')), 'bin', 'cdk');
const DIGEST = `sha256:${'a'.repeat(64)}`;

let account: Account;
beforeAll(async () => {
  account = await reopen(inject('account'));
});

test.each([
  [
    'umami-on-fargate',
    'Umami-dev',
    [
      'domain=analytics.example.com',
      'certificateArn=arn:aws:acm:us-east-1:111122223333:certificate/0123',
      `imageDigest=${DIGEST}`,
    ],
    { DnsTarget: async () => expect.stringMatching(/^\w+\.cloudfront\.net$/) },
  ],
  [
    'openreplay-storage',
    'OpenReplayStorage-dev',
    [`image=public.ecr.aws/p1t3u8a3/storage:v1.26.0@${DIGEST}`],
    {
      Environment: async () => {
        const bucket = await published(account, 'storage/replay-bucket-name');
        const { region } = account;
        return JSON.stringify({
          AWS_REGION: region,
          BUCKET_NAME: bucket,
          AWS_DEFAULT_REGION: region,
          sessions_region: region,
          sessions_bucket: bucket,
          SCH_DELETE_DAYS: '7',
        });
      },
    },
  ],
] as const)(
  'the example %s is deployed after the foundation, with its values, and removed',
  { timeout: 240_000 },
  async (name, StackName, values, outputs) => {
    const cleanUp = new CleanUp();
    const output = temporaryFolder('user-metrics-example-', cleanUp);
    const context = ['stage=dev', ...values].flatMap((value) => ['--context', value]);
    const cdk = (...args: string[]) => {
      const command = [CDK, ...args, '--output', output, '--no-notices', ...context];
      const { status, stderr } = spawnSync(process.execPath, command, {
        cwd: join(EXAMPLES, name),
        env: account.env,
        encoding: 'utf8',
      });
      expect(status, stderr).toBe(0);
    };
    const { cloudFormation } = account.aws;
    try {
      cdk('deploy', '--require-approval', 'never');
      const { Stacks: [stack] = [] } = await cloudFormation.describeStacks({ StackName });
      expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
      for (const [name, expected] of Object.entries(outputs)) {
        const found = stack?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
        expect(found).toEqual(await expected());
      }
    } finally {
      cdk('destroy', '--force');
      await cleanUp.run();
    }
    await expect(cloudFormation.describeStacks({ StackName })).rejects.toThrow(/does not exist/);
  },
);
