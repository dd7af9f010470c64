import type { TagActivation } from '../../account/tag-activation';
import type { Finding } from '../criterion';

/**
 * Whether tag keys are active as cost allocation tags, which only Billing decides.
 *
 * @param needed the keys
 * @param activation @default - the account has no budget, and nothing activates the keys
 */
export function activationOf(
  needed: readonly string[],
  activation: TagActivation | undefined,
): Pick<Finding, 'waitsFor' | 'unknown'> {
  if (!activation)
    return { unknown: 'cost.budget is false: nothing activates the cost allocation tags, and none was read' };
  const { keys, messages = [], since } = activation;
  const inactive = needed.filter((key) => keys[key] !== 'active');
  if (inactive.length === 0) return {};
  const states = inactive.map((key) => `${key} ${keys[key] ?? 'unknown'}`).join(', ');
  return {
    waitsFor: `the activation of cost allocation tags (${states}), since ${since}: Billing knows a key up to 24 hours after the first resource has it${messages.length > 0 ? `; AWS says: ${messages.join('; ')}` : ''}`,
  };
}
