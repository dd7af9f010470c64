/** A subscription as SNS lists it. */
export interface Subscription {
  readonly endpoint: string;
  /** An ARN, or a word: `PendingConfirmation`, `Deleted`. */
  readonly arn: string;
}

/**
 * Whether somebody gets alerts: `confirmed` does; `pending` has not followed the link yet; `unsubscribed` is
 * configured and has no subscription any more; `unknown` is subscribed and not configured.
 */
export type SubscriberState = 'confirmed' | 'pending' | 'unsubscribed' | 'unknown';

/** Somebody who gets alerts, or should. */
export interface Subscriber {
  readonly email: string;
  readonly state: SubscriberState;
}

/**
 * Who gets alerts. SNS deletes a subscription that nobody confirmed within three days; CloudFormation still believes in
 * it, so that only the comparison with the configuration shows it.
 */
export function compareSubscribers(
  configured: readonly string[],
  subscriptions: readonly Subscription[],
): Subscriber[] {
  const live = subscriptions.filter(({ arn }) => arn !== 'Deleted');
  const stateOf = ({ arn }: Subscription) => (arn.startsWith('arn:') ? 'confirmed' : 'pending');
  const expected = [...new Set(configured)].map((email): Subscriber => {
    const found = live.filter(({ endpoint }) => isSame(endpoint, email)).map(stateOf);
    return { email, state: found.includes('confirmed') ? 'confirmed' : (found[0] ?? 'unsubscribed') };
  });
  const others = live.filter(({ endpoint }) => !configured.some((email) => isSame(endpoint, email)));
  return [...expected, ...others.map(({ endpoint }): Subscriber => ({ email: endpoint, state: 'unknown' }))];
}

/** Whether a configured address gets no alerts now. */
export function getsNoAlerts({ state }: Subscriber): boolean {
  return state === 'pending' || state === 'unsubscribed';
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
