import type { CostAllocationTags } from '@user-metrics/tagging';
import type { CostAllocationStatus } from '@user-metrics/tagging/cost-allocation';
import { LogQueryVisualizationType, LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';

/** Fields of the line that each run of {@link CostAllocationTags} logs. */
const [CHECKED_AT, KEYS, MESSAGES]: readonly (keyof CostAllocationStatus)[] = ['checkedAt', 'keys', 'messages'];

/** Widget with the state of each tag key that the budget filters by, as the last run of the function knows it. */
export function budgetTagStatus({ logGroupName, countedKeys }: CostAllocationTags): LogQueryWidget {
  const states = countedKeys.map((key) => `\`${KEYS}.${key}\``);
  return new LogQueryWidget({
    title:
      'Budget tag status: active, inactive (requested, not-yet-seen, refused) or unknown (no-access, unknown), and what AWS said',
    width: 24,
    height: 3,
    logGroupNames: [logGroupName],
    view: LogQueryVisualizationType.TABLE,
    queryLines: [
      `filter ispresent(${states[0]})`,
      'sort @timestamp desc',
      'limit 1',
      `display ${[CHECKED_AT, ...states, `${MESSAGES}.0`].join(', ')}`,
    ],
  });
}
