import { nameInArn, published, stageOf } from '@user-metrics/foundation/account';
import type { Account } from '../account';
import type { AccountCheck } from '../checks/account-check';
import { applicationRole, removeApplicationRole } from './application-role';
import { clientsAs } from './assume-role';
import { rightsCheck } from './attempts';

const ROLE = 'shop-privacy';

/** A recording of somebody who wants it erased. */
const Key = 'sessions/erasure/dom.mobs';

/** IAM role of the rehearsal for requests of erasure, which a configuration may name as an operator. */
export function operatorRoleArn({ id }: Pick<Account, 'id'>): string {
  return `arn:aws:iam::${id}:role/${ROLE}`;
}

const tried = rightsCheck('rights.operator', async (account) => {
  const Bucket = await published(account, 'storage/replay-bucket-name');
  const taskRole = nameInArn(await published(account, 'access/openreplay-task-role-arn'));
  await (await clientsAs(account, taskRole)).s3.putObject({ Bucket, Key, Body: 'recording' });
  return {
    roleName: await withErasure(account, Bucket),
    may: [
      ['list recordings', ({ s3 }) => s3.listObjectsV2({ Bucket })],
      ['read a recording', ({ s3 }) => s3.getObject({ Bucket, Key })],
      ['delete a recording', ({ s3 }) => s3.deleteObject({ Bucket, Key })],
    ],
    mayNot: [['write a recording', ({ s3 }) => s3.putObject({ Bucket, Key, Body: 'another' })]],
    undo: () => removeApplicationRole(account, ROLE),
  };
});

/** `rights.operator`: somebody whom the configuration names finds and deletes a recording. */
export const operator: AccountCheck = {
  id: 'rights.operator',
  async run(account) {
    const { operatorRoleArns = [] } = stageOf(account).storage;
    if (operatorRoleArns.includes(operatorRoleArn(account))) return tried.run(account);
    return { applies: false, wrong: [], evidence: 'storage.operatorRoleArns does not name the role of the rehearsal' };
  },
};

/** The role with what `SessionReplayBucket.grantErasure()` grants: its owner attaches it. */
async function withErasure(account: Account, bucket: string): Promise<string> {
  const RoleName = await applicationRole(account, ROLE, { AWS: `arn:aws:iam::${account.id}:root` });
  const arn = `arn:aws:s3:::${bucket}`;
  const Statement = [
    { Effect: 'Allow', Action: ['s3:ListBucket', 's3:GetBucketLocation'], Resource: arn },
    { Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectTagging', 's3:DeleteObject'], Resource: `${arn}/*` },
  ];
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await account.aws.iam.putRolePolicy({ RoleName, PolicyName: 'erasure', PolicyDocument });
  return RoleName;
}
