import {
  type Criterion,
  DEPLOYED_CRITERIA,
  type Finding,
  VERIFIED_CRITERIA,
  verify,
} from '@user-metrics/foundation/verification';
import type { CheckId } from '../../report/check';
import type { Account } from '../account';

/** One thing that the account is asked for. */
export interface AccountCheck {
  readonly id: CheckId;
  run(account: Account): Promise<Finding>;
}

/** The criteria that the foundation verifies in any account. */
export const criteria: readonly AccountCheck[] = DEPLOYED_CRITERIA.map(checkOf);

/** Those of the schema, as the function beside the database tells them. */
export const databaseCriteria: readonly AccountCheck[] = VERIFIED_CRITERIA.filter(({ id }) =>
  ['1.2.AC1', '1.2.AC2', '1.2.AC3', '1.2.AC4', '1.2.AC6'].includes(id),
).map(checkOf);

function checkOf(criterion: Criterion): AccountCheck {
  return { id: criterion.id, run: (account) => verify(criterion, account) };
}

/** Those of them with these ids. */
export function criteriaOf(...ids: readonly Criterion['id'][]): AccountCheck[] {
  return criteria.filter(({ id }) => ids.some((one) => one === id));
}
