import { payerHandOver } from './hand-over';
import type { CostAllocationState } from './state';

/** Keys of one state, for those that need somebody or time. */
function keysIn(keys: { readonly [key: string]: CostAllocationState }, ...states: CostAllocationState[]): string[] {
  return Object.keys(keys).filter((key) => states.includes(keys[key] as CostAllocationState));
}

/**
 * What there is to do for the keys that are not active, but for those that this account may not activate: nothing while AWS
 * is only slow, something where it said no.
 *
 * @param keys state by tag key
 * @param messages what AWS said to them
 * @returns plain text, one line each; nothing when all are active
 */
export function nextSteps(
  keys: { readonly [key: string]: CostAllocationState },
  messages: readonly string[],
): string[] {
  const [refused, denied] = [keysIn(keys, 'refused'), keysIn(keys, 'no-access')];
  const waiting = keysIn(keys, 'requested', 'not-yet-seen', 'unknown');
  return [
    ...messages.map((message) => `AWS said: ${message}`),
    ...(denied.length > 0
      ? [
          `Whether ${denied.join(', ')} ${denied.length === 1 ? 'is' : 'are'} active is not known: this account may not ask Billing, and no` +
            ' cost has been found under it yet. As soon as one is found, the state is active.',
        ]
      : []),
    ...(refused.length > 0
      ? [
          `Somebody has to act: AWS refuses to activate ${refused.join(', ')}${messages.length > 0 ? ', for the reason above' : ''}.`,
          'If a limit is reached (500 active keys in an organisation), deactivate keys that nobody needs: Billing and Cost Management >',
          'Cost allocation tags, in the payer account; or ask AWS for more. It is asked again once a day.',
        ]
      : []),
    ...(waiting.length > 0
      ? [
          `AWS is asked once a day to activate ${waiting.join(', ')}, as soon as Billing knows them, which takes up to 24 hours:` +
            ' nothing to do until then.',
        ]
      : []),
  ];
}

/** What to send on for the keys that this account may not activate. */
export function handOverOf(
  account: string,
  keys: { readonly [key: string]: CostAllocationState },
  messages: readonly string[],
): string | undefined {
  const denied = keysIn(keys, 'no-access');
  return denied.length > 0 ? payerHandOver({ account, keys: denied, said: messages }) : undefined;
}
