import type { LifecycleRule } from '@aws-sdk/client-s3';
import { stageOf } from '../../account/deployed-stage';
import { lifecycleRules, recordingsBucket } from '../../account/recordings-bucket';
import type { Criterion } from '../criterion';

/** Recordings that are kept longer would need a restore before OpenReplay could read them. */
const LONGEST_WITH_ARCHIVE = 90;

export interface ObservedTiering {
  readonly rules: readonly LifecycleRule[];
  /** Intelligent-Tiering configurations that are enabled. */
  readonly archives: number;
}

/** `1.3.AC3`: the lifecycle rule that moves recordings, and the configuration that the console shows. */
export const tiering: Criterion<ObservedTiering> = {
  id: '1.3.AC3',
  async observe(deployed) {
    const Bucket = await recordingsBucket(deployed);
    const { IntelligentTieringConfigurationList: found = [] } =
      await deployed.aws.s3.listBucketIntelligentTieringConfigurations({ Bucket });
    const archives = found.filter(({ Status }) => Status === 'Enabled').length;
    return { rules: await lifecycleRules(deployed, Bucket), archives };
  },
  evaluate({ rules, archives }, expected) {
    const { intelligentTiering, retentionDays } = stageOf(expected).storage;
    if (!intelligentTiering) return { applies: false, wrong: [], evidence: 'storage.intelligentTiering is false' };
    const days = rules
      .filter(({ Status }) => Status === 'Enabled')
      .flatMap(({ Transitions = [] }) => Transitions)
      .filter(({ StorageClass }) => StorageClass === 'INTELLIGENT_TIERING')
      .map(({ Days }) => Days);
    const wanted = retentionDays <= LONGEST_WITH_ARCHIVE ? 1 : 0;
    return {
      wrong: [
        ...(days.join() === '0' ? [] : [`recordings move after ${days.join(' and ') || 'no'} days`]),
        ...(archives === wanted ? [] : [`${archives} archive configurations instead of ${wanted}`]),
      ],
      evidence: `recordings move on day ${days}; ${archives} archive configuration`,
    };
  },
};
