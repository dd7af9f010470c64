import type { LifecycleRule } from '@aws-sdk/client-s3';
import { stageOf } from '../../account/deployed-stage';
import { lifecycleRules } from '../../account/recordings-bucket';
import { resourcesOf } from '../../account/stack-resources';
import type { Criterion } from '../criterion';

export interface ObservedLogArchive {
  /** @default - there is no such bucket */
  readonly bucket?: string | undefined;
  readonly rules: readonly LifecycleRule[];
}

/** `1.3.AC6`: the bucket for exported logs, where the configuration asks for one. */
export const logArchive: Criterion<ObservedLogArchive> = {
  id: '1.3.AC6',
  async observe(deployed) {
    const buckets = await resourcesOf(deployed, 'AWS::S3::Bucket');
    const bucket = buckets.find(({ logicalId }) => logicalId.startsWith('LogArchive'))?.physicalId;
    return { bucket, rules: bucket === undefined ? [] : await lifecycleRules(deployed, bucket) };
  },
  evaluate({ bucket, rules }, expected) {
    const wanted = stageOf(expected).storage.logArchive;
    if (!wanted) return { applies: false, wrong: [], evidence: 'optional: storage.logArchive is not given' };
    if (bucket === undefined) return { wrong: ['there is no such bucket'], evidence: '' };
    const transitions = rules.flatMap(({ Transitions = [] }) => Transitions);
    const day = wanted.preset === 'afterOneYear' ? 365 : 31;
    const right = transitions.some(({ StorageClass, Days }) => StorageClass === 'GLACIER' && Days === day);
    return {
      wrong: right ? [] : [`logs do not go to Glacier on day ${day}`],
      evidence: `${bucket}: Glacier from day ${day} on`,
    };
  },
};
