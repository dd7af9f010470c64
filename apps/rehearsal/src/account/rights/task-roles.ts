import { nameInArn, published } from '@user-metrics/foundation/account';
import type { Account } from '../account';
import { applicationRole, removeApplicationRole } from './application-role';
import { type Attempt, rightsCheck } from './attempts';
import { readAdminSecret, refusedToAll } from './refused-to-all';

/** A recording that the rehearsal writes. */
const Key = 'sessions/rehearsal/dom.mobs';

export const umamiTask = rightsCheck('rights.umami-task', async (account) => ({
  roleName: nameInArn(await published(account, 'access/umami-task-role-arn')),
  may: [],
  mayNot: [await readUmamiSecret(account), ...(await touchRecordings(account)), ...refusedToAll(account)],
}));

export const openReplayTask = rightsCheck('rights.openreplay-task', async (account) => {
  const Bucket = await published(account, 'storage/replay-bucket-name');
  return {
    roleName: nameInArn(await published(account, 'access/openreplay-task-role-arn')),
    may: [
      ...(await touchRecordings(account)),
      ['list recordings', ({ s3 }) => s3.listObjectsV2({ Bucket })],
      [
        'upload in parts',
        async ({ s3 }) => {
          const { UploadId } = await s3.createMultipartUpload({ Bucket, Key });
          await s3.uploadPart({ Bucket, Key, UploadId, PartNumber: 1, Body: 'part' });
          await s3.abortMultipartUpload({ Bucket, Key, UploadId });
        },
      ],
    ],
    mayNot: [
      ['delete the policy of the bucket', ({ s3 }) => s3.deleteBucketPolicy({ Bucket })],
      ['make recordings stay longer', ({ s3 }) => s3.deleteBucketLifecycle({ Bucket })],
      await readUmamiSecret(account),
      readAdminSecret(account),
      ...refusedToAll(account),
    ],
  };
});

/** A role of the account that may do everything with S3, except that the bucket does not let it. */
export const unauthorisedRole = rightsCheck('rights.unauthorised-role', async (account) => ({
  ...(await withEverythingOnS3(account)),
  may: [['list its own buckets', ({ s3 }) => s3.listBuckets({})]],
  mayNot: await touchRecordings(account),
}));

async function touchRecordings(account: Account): Promise<Attempt[]> {
  const Bucket = await published(account, 'storage/replay-bucket-name');
  return [
    ['write a recording', ({ s3 }) => s3.putObject({ Bucket, Key, Body: 'recording' })],
    ['read a recording', ({ s3 }) => s3.getObject({ Bucket, Key })],
  ];
}

async function readUmamiSecret(account: Account): Promise<Attempt> {
  const SecretId = await published(account, 'database/secret-arn');
  return ["read Umami's secret", ({ secretsManager }) => secretsManager.getSecretValue({ SecretId })];
}

async function withEverythingOnS3(account: Account): Promise<{ roleName: string; undo: () => Promise<unknown> }> {
  const administrator = { AWS: `arn:aws:iam::${account.id}:root` };
  const RoleName = await applicationRole(account, 'shop-storage-administrator', administrator);
  await account.aws.iam.putRolePolicy({
    RoleName,
    PolicyName: 'everything-on-s3',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    }),
  });
  return { roleName: RoleName, undo: () => removeApplicationRole(account, RoleName) };
}
