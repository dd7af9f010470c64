import { type Criterion, DEPLOYED_CRITERIA, type Finding, verify } from '@user-metrics/foundation/verification';
import type { CheckId } from '../../report/check';
import type { Account } from '../account';

/** One thing that the account is asked for. */
export interface AccountCheck {
  readonly id: CheckId;
  run(account: Account): Promise<Finding>;
}

/** The criteria that the foundation verifies in any account. */
export const criteria: readonly AccountCheck[] = DEPLOYED_CRITERIA.map((criterion) => ({
  id: criterion.id,
  run: (account) => verify(criterion, account),
}));

/** Those of them with these ids. */
export function criteriaOf(...ids: readonly Criterion['id'][]): AccountCheck[] {
  return criteria.filter(({ id }) => ids.some((one) => one === id));
}
