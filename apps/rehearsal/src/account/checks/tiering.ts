import { stageOf } from '../account';
import { published } from '../published';
import type { AccountCheck } from './account-check';

/** Recordings that live longer would need a restore before OpenReplay could read them. */
const LONGEST_WITH_ARCHIVE = 90;

/** `1.3.AC3`: the lifecycle rule that moves recordings, and the configuration that the console shows. */
export const tiering: AccountCheck = {
  id: '1.3.AC3',
  async look(account) {
    const { intelligentTiering, retentionDays } = stageOf(account).storage;
    if (!intelligentTiering) return { applies: false, wrong: [], evidence: 'storage.intelligentTiering is false' };
    const { s3 } = account.aws;
    const Bucket = await published(account, 'storage/replay-bucket-name');
    const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket }).catch(() => ({}) as never);
    const moves = Rules.filter(({ Status }) => Status === 'Enabled')
      .flatMap(({ Transitions = [] }) => Transitions)
      .filter(({ StorageClass }) => StorageClass === 'INTELLIGENT_TIERING');
    const { IntelligentTieringConfigurationList: archives = [] } = await s3.listBucketIntelligentTieringConfigurations({
      Bucket,
    });
    const enabled = archives.filter(({ Status }) => Status === 'Enabled');
    const expected = retentionDays <= LONGEST_WITH_ARCHIVE ? 1 : 0;
    const days = moves.map(({ Days }) => Days);
    return {
      wrong: [
        ...(days.join() === '0' ? [] : [`recordings move after ${days.join(' and ') || 'no'} days`]),
        ...(enabled.length === expected ? [] : [`${enabled.length} archive configurations instead of ${expected}`]),
      ],
      evidence: `recordings move on day ${days}; ${enabled.length} archive configuration`,
    };
  },
};
