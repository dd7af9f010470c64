import { stageOf } from '../../account/deployed-stage';
import type { PolicyStatement } from '../../account/policy';
import { bucketPolicy, corsOrigins, recordingsBucket } from '../../account/recordings-bucket';
import { type Criterion, differencesOf } from '../criterion';

export interface ObservedEncryption {
  readonly bucket: string;
  readonly algorithm?: string | undefined;
  /** How many of the four settings that block public access are on. */
  readonly blocked: number;
  readonly ownership?: string | undefined;
  readonly policy: readonly PolicyStatement[];
  readonly origins: readonly string[];
}

/** `1.3.AC1`: encryption, no public access, owner enforced, TLS only, and which browsers may read by presigned URL. */
export const encryption: Criterion<ObservedEncryption> = {
  id: '1.3.AC1',
  async observe(deployed) {
    const { s3 } = deployed.aws;
    const Bucket = await recordingsBucket(deployed);
    const { ServerSideEncryptionConfiguration } = await s3.getBucketEncryption({ Bucket });
    const { PublicAccessBlockConfiguration = {} } = await s3.getPublicAccessBlock({ Bucket });
    const { OwnershipControls } = await s3.getBucketOwnershipControls({ Bucket });
    return {
      bucket: Bucket,
      algorithm: ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      blocked: Object.values(PublicAccessBlockConfiguration).filter((is) => is === true).length,
      ownership: OwnershipControls?.Rules?.[0]?.ObjectOwnership,
      policy: await bucketPolicy(deployed, Bucket),
      origins: await corsOrigins(deployed, Bucket),
    };
  },
  evaluate({ bucket, algorithm, blocked, ownership, policy, origins }, expected) {
    const refusesPlainHttp = policy.some(
      ({ Effect, Condition }) => Effect === 'Deny' && Condition?.['Bool']?.['aws:SecureTransport'] === 'false',
    );
    return {
      wrong: [
        // OpenReplay presigns URLs that fail for objects under SSE-KMS.
        ...(algorithm === 'AES256' ? [] : [`the encryption is ${algorithm ?? 'none'} instead of AES256`]),
        ...(blocked === 4 ? [] : [`${blocked} of 4 ways of public access are blocked`]),
        ...(ownership === 'BucketOwnerEnforced' ? [] : [`the ownership of objects is ${ownership}`]),
        ...(refusesPlainHttp ? [] : ['plain HTTP is not refused']),
        ...differencesOf('the list of origins', origins, stageOf(expected).storage.openReplayOrigins ?? []),
      ],
      evidence: `${bucket}: ${algorithm}, ${blocked} of 4 ways of public access blocked, ${ownership}, TLS only, ${origins.join(', ') || 'no browser'}`,
    };
  },
};
