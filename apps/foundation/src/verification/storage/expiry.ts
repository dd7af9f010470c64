import type { LifecycleRule } from '@aws-sdk/client-s3';
import { stageOf } from '../../account/deployed-stage';
import { lifecycleRules, recordingsBucket } from '../../account/recordings-bucket';
import { type Criterion, differencesOf } from '../criterion';

/** `1.3.AC2`: the lifecycle rules that apply to every recording, and those for what OpenReplay tags. */
export const expiry: Criterion<readonly LifecycleRule[]> = {
  id: '1.3.AC2',
  async observe(deployed) {
    return lifecycleRules(deployed, await recordingsBucket(deployed));
  },
  evaluate(rules, expected) {
    const { retentionDays: days, deletionDelayDays: delay } = stageOf(expected).storage;
    const forAll = rules.filter(
      ({ Status, Filter, Prefix }) => Status === 'Enabled' && !Prefix && (!Filter || Filter.Prefix === ''),
    );
    const expiries = forAll.flatMap(({ Expiration }) => (Expiration?.Days ? [Expiration.Days] : []));
    const uploads = forAll.flatMap(({ AbortIncompleteMultipartUpload: abort }) => abort?.DaysAfterInitiation ?? []);
    const tagged = rules.flatMap(taggedExpiry);
    return {
      wrong: [
        ...(expiries.join() === String(days) ? [] : [`recordings expire after ${expiries.join(' and ') || 'no'} days`]),
        ...(uploads.length > 0 ? [] : ['interrupted uploads never expire']),
        ...differencesOf('the list of tags', tagged, [
          `to_delete_in_days=${delay} after ${delay} days`,
          `retention=default after ${days} days`,
        ]),
      ],
      evidence: `recordings after ${expiries} days, ${tagged.join(', ')}, interrupted uploads after ${uploads}`,
    };
  },
};

/** OpenReplay deletes nothing: it tags, and expects a rule for the tag. */
function taggedExpiry({ Status, Filter, Expiration }: LifecycleRule): string[] {
  if (Status !== 'Enabled' || !Filter?.Tag || !Expiration) return [];
  return [`${Filter.Tag.Key}=${Filter.Tag.Value} after ${Expiration.Days} days`];
}
