/**
 * Where `CostAllocationTags` publishes the state of the keys unless told otherwise: SSM parameter in the account and
 * Region of its stack.
 */
export const COST_ALLOCATION_PARAMETER = '/user-metrics/account/cost-allocation-tags';

/** Namespace of the metric that `CostAllocationTags` publishes. */
export const COST_ALLOCATION_NAMESPACE = 'UserMetrics/Cost';

/** Metric that `CostAllocationTags` publishes: how many of its counted keys are not active. */
export const COST_ALLOCATION_METRIC = 'InactiveCostAllocationTags';

/**
 * State of one key as a cost allocation tag.
 *
 * - `active`: AWS listed it as active, or costs of the account were counted under it; nothing else counts as active
 * - `requested`: AWS took the request; the next check tells whether it is active
 * - `not-yet-seen`: Billing does not know the key yet, which takes up to 24 hours after the first resource has it
 * - `no-access`: this account may not ask, because it is a member account, or lacks a right; the message tells, as far as AWS
 *   does. Whether the key is active is not known then
 * - `refused`: AWS refused the key for another reason, which is in the message
 * - `unknown`: not checked yet, or the last check failed
 */
export type CostAllocationState = 'active' | 'requested' | 'not-yet-seen' | 'no-access' | 'refused' | 'unknown';

/** Value of the SSM parameter. */
export interface CostAllocationStatus {
  /** When AWS was asked, in ISO 8601. @default - not yet */
  readonly checkedAt?: string;
  /** State by tag key. */
  readonly keys: { readonly [key: string]: CostAllocationState };
  /** What AWS said to keys that are not active. @default - nothing */
  readonly messages?: readonly string[];
}

/** The keys that are not known to be active, in the order of the status. */
export function inactiveKeys({ keys }: CostAllocationStatus): string[] {
  return Object.keys(keys).filter((key) => keys[key] !== 'active');
}

/** Whether AWS was asked and no key is active. A key that this account may not ask about, or whose check failed, may be. */
export function isNoKeyActive({ checkedAt, keys }: CostAllocationStatus): boolean {
  const inactive: readonly CostAllocationState[] = ['requested', 'not-yet-seen', 'refused'];
  return checkedAt !== undefined && Object.values(keys).every((state) => inactive.includes(state));
}

/** The status of keys that were not checked. */
export function notLookedAt(keys: readonly string[]): CostAllocationStatus {
  return { keys: Object.fromEntries(keys.map((key) => [key, 'unknown'])) };
}

/**
 * The state of keys by all that is known: a key that costs of the account were counted under is active, whatever Billing lets
 * the account ask. In a member account that is the only way to know it.
 *
 * @param keys what Billing said, by key
 * @param counted keys that Cost Explorer has values of, or that a budget over them has counted costs by
 */
export function knownStates(
  keys: CostAllocationStatus['keys'],
  counted: readonly string[],
): { readonly [key: string]: CostAllocationState } {
  const stateOf = (key: string, state: CostAllocationState) => (counted.includes(key) ? 'active' : state);
  return Object.fromEntries(Object.entries(keys).map(([key, state]) => [key, stateOf(key, state)]));
}
