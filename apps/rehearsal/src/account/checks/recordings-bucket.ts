import { stageOf } from '../account';
import { recordingsPolicy } from '../policy';
import { published } from '../published';
import type { AccountCheck } from './account-check';

/** `1.3.AC1`: encryption, no public access, owner enforced, TLS only. */
export const encryption: AccountCheck = {
  id: '1.3.AC1',
  async look(account) {
    const { s3 } = account.aws;
    const Bucket = await published(account, 'storage/replay-bucket-name');
    const { ServerSideEncryptionConfiguration } = await s3.getBucketEncryption({ Bucket });
    const algorithm = ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    const { PublicAccessBlockConfiguration = {} } = await s3.getPublicAccessBlock({ Bucket });
    const blocked = Object.values(PublicAccessBlockConfiguration).filter((is) => is === true).length;
    const { OwnershipControls } = await s3.getBucketOwnershipControls({ Bucket });
    const ownership = OwnershipControls?.Rules?.[0]?.ObjectOwnership;
    const refusesPlainHttp = (await recordingsPolicy(account)).some(
      ({ Effect, Condition }) => Effect === 'Deny' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false',
    );
    return {
      wrong: [
        // OpenReplay presigns URLs that fail for objects under SSE-KMS.
        ...(algorithm === 'AES256' ? [] : [`the encryption is ${algorithm ?? 'none'} instead of AES256`]),
        ...(blocked === 4 ? [] : [`${blocked} of 4 ways of public access are blocked`]),
        ...(ownership === 'BucketOwnerEnforced' ? [] : [`the ownership of objects is ${ownership}`]),
        ...(refusesPlainHttp ? [] : ['plain HTTP is not refused']),
      ],
      evidence: `${Bucket}: ${algorithm}, ${blocked} of 4 ways of public access blocked, ${ownership}, TLS only`,
    };
  },
};

/** `1.3.AC2`: the lifecycle rule that every recording falls under. */
export const expiry: AccountCheck = {
  id: '1.3.AC2',
  async look(account) {
    const days = stageOf(account).storage.retentionDays;
    const Bucket = await published(account, 'storage/replay-bucket-name');
    const { Rules = [] } = await account.aws.s3.getBucketLifecycleConfiguration({ Bucket }).catch(() => ({}) as never);
    const forAll = Rules.filter(
      ({ Status, Filter, Prefix }) => Status === 'Enabled' && !Prefix && (!Filter || Filter.Prefix === ''),
    );
    const expiries = forAll.flatMap(({ Expiration }) => (Expiration?.Days ? [Expiration.Days] : []));
    const uploads = forAll.flatMap(({ AbortIncompleteMultipartUpload: abort }) => abort?.DaysAfterInitiation ?? []);
    return {
      wrong: [
        ...(expiries.join() === String(days) ? [] : [`recordings expire after ${expiries.join(' and ') || 'no'} days`]),
        ...(uploads.length > 0 ? [] : ['uploads that were broken off stay for ever']),
      ],
      evidence: `recordings after ${expiries} days, uploads that were broken off after ${uploads}`,
    };
  },
};
