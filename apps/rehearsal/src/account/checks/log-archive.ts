import { stageOf } from '../account';
import { ourResources } from '../stack-resources';
import type { AccountCheck } from './account-check';

/** `1.3.AC6`: the bucket for exported logs, where the configuration asks for one. */
export const logArchive: AccountCheck = {
  id: '1.3.AC6',
  async look(account) {
    const wanted = stageOf(account).storage.logArchive;
    if (!wanted) return { applies: false, wrong: [], evidence: 'optional: storage.logArchive is not given' };
    const bucket = (await ourResources(account)).find(
      ({ type, logicalId }) => type === 'AWS::S3::Bucket' && logicalId.startsWith('LogArchive'),
    );
    if (!bucket) return { wrong: ['there is no such bucket'], evidence: '' };
    const Bucket = bucket.physicalId;
    const { Rules = [] } = await account.aws.s3.getBucketLifecycleConfiguration({ Bucket });
    const transitions = Rules.flatMap(({ Transitions = [] }) => Transitions);
    const day = wanted.preset === 'afterOneYear' ? 365 : 31;
    const right = transitions.some(({ StorageClass, Days }) => StorageClass === 'GLACIER' && Days === day);
    return {
      wrong: right ? [] : [`logs do not go to Glacier on day ${day}`],
      evidence: `${Bucket}: Glacier from day ${day} on`,
    };
  },
};
