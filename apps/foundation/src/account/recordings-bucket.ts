import type { LifecycleRule } from '@aws-sdk/client-s3';
import type { DeployedStage } from './deployed-stage';
import { type PolicyStatement, statementsOf } from './policy';
import { published } from './published';

type Deployed = Pick<DeployedStage, 'aws' | 'stage'>;

/** Name of the bucket for recordings. */
export async function recordingsBucket(deployed: Deployed): Promise<string> {
  return published(deployed, 'storage/replay-bucket-name');
}

/** The statements of the policy of a bucket; none when it has no policy. */
export async function bucketPolicy({ aws }: Deployed, Bucket: string): Promise<readonly PolicyStatement[]> {
  const { Policy } = await absent(aws.s3.getBucketPolicy({ Bucket }), 'NoSuchBucketPolicy');
  return statementsOf(Policy);
}

/** The lifecycle rules of a bucket; none when it has no lifecycle configuration. */
export async function lifecycleRules({ aws }: Deployed, Bucket: string): Promise<readonly LifecycleRule[]> {
  const { Rules = [] } = await absent(
    aws.s3.getBucketLifecycleConfiguration({ Bucket }),
    'NoSuchLifecycleConfiguration',
  );
  return Rules;
}

/** Origins that browsers may read a bucket from; none when it has no CORS configuration. */
export async function corsOrigins({ aws }: Deployed, Bucket: string): Promise<readonly string[]> {
  const { CORSRules = [] } = await absent(aws.s3.getBucketCors({ Bucket }), 'NoSuchCORSConfiguration');
  return CORSRules.flatMap(({ AllowedOrigins = [] }) => AllowedOrigins);
}

/** S3 answers with an error of its own where a configuration is absent; every other error stays one. */
async function absent<T extends object>(answer: Promise<T>, errorName: string): Promise<Partial<T>> {
  return answer.catch((error: Error) => {
    if (error.name === errorName) return {};
    throw error;
  });
}
