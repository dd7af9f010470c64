import type { LifecycleRule } from '@aws-sdk/client-s3';
import { type Account, stageOf } from '../account';
import { recordingsPolicy } from '../policy';
import { published } from '../published';
import { type AccountCheck, differencesOf } from './account-check';

/** `1.3.AC1`: encryption, no public access, owner enforced, TLS only, and which browsers may come by presigned URL. */
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
    const origins = await originsOf(account, Bucket);
    return {
      wrong: [
        // OpenReplay presigns URLs that fail for objects under SSE-KMS.
        ...(algorithm === 'AES256' ? [] : [`the encryption is ${algorithm ?? 'none'} instead of AES256`]),
        ...(blocked === 4 ? [] : [`${blocked} of 4 ways of public access are blocked`]),
        ...(ownership === 'BucketOwnerEnforced' ? [] : [`the ownership of objects is ${ownership}`]),
        ...(refusesPlainHttp ? [] : ['plain HTTP is not refused']),
        ...differencesOf('the list of origins', origins, stageOf(account).storage.openReplayOrigins ?? []),
      ],
      evidence: `${Bucket}: ${algorithm}, ${blocked} of 4 ways of public access blocked, ${ownership}, TLS only, ${origins.join(', ') || 'no browser'}`,
    };
  },
};

async function originsOf({ aws }: Account, Bucket: string): Promise<string[]> {
  const { CORSRules = [] } = await aws.s3.getBucketCors({ Bucket }).catch(({ name }: Error) => {
    if (name === 'NoSuchCORSConfiguration') return {} as { CORSRules?: [] };
    throw new Error(`its CORS cannot be read: ${name}`);
  });
  return CORSRules.flatMap(({ AllowedOrigins = [] }) => AllowedOrigins);
}

/** `1.3.AC2`: the lifecycle rules that every recording falls under, and those for what OpenReplay tags. */
export const expiry: AccountCheck = {
  id: '1.3.AC2',
  async look(account) {
    const { retentionDays: days, deletionDelayDays: delay } = stageOf(account).storage;
    const Bucket = await published(account, 'storage/replay-bucket-name');
    const { Rules = [] } = await account.aws.s3.getBucketLifecycleConfiguration({ Bucket }).catch(() => ({}) as never);
    const forAll = Rules.filter(
      ({ Status, Filter, Prefix }) => Status === 'Enabled' && !Prefix && (!Filter || Filter.Prefix === ''),
    );
    const expiries = forAll.flatMap(({ Expiration }) => (Expiration?.Days ? [Expiration.Days] : []));
    const uploads = forAll.flatMap(({ AbortIncompleteMultipartUpload: abort }) => abort?.DaysAfterInitiation ?? []);
    const tagged = Rules.flatMap(taggedExpiry);
    return {
      wrong: [
        ...(expiries.join() === String(days) ? [] : [`recordings expire after ${expiries.join(' and ') || 'no'} days`]),
        ...(uploads.length > 0 ? [] : ['uploads that were broken off stay for ever']),
        ...differencesOf('the list of tags', tagged, [
          `to_delete_in_days=${delay} after ${delay} days`,
          `retention=default after ${days} days`,
        ]),
      ],
      evidence: `recordings after ${expiries} days, ${tagged.join(', ')}, uploads that were broken off after ${uploads}`,
    };
  },
};

/** OpenReplay deletes nothing: it tags, and expects a rule for the tag. */
function taggedExpiry({ Status, Filter, Expiration }: LifecycleRule): string[] {
  if (Status !== 'Enabled' || !Filter?.Tag || !Expiration) return [];
  return [`${Filter.Tag.Key}=${Filter.Tag.Value} after ${Expiration.Days} days`];
}
