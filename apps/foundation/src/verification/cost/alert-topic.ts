import { subscriptionsOf } from '../../account/alert-topic';
import { costOf, type DeployedStage } from '../../account/deployed-stage';
import { type PolicyStatement, principalsOf, statementsOf } from '../../account/policy';
import { inCostRegion, physicalIdOf } from '../../account/stack-resources';
import { compareSubscribers, type SubscriberState, type Subscription } from '../../account/subscribers';
import { type Criterion, differencesOf } from '../criterion';

/** Services that send alerts to people. */
const SENDERS = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'costalerts.amazonaws.com'];

export interface ObservedTopic {
  readonly policy: readonly PolicyStatement[];
  readonly subscriptions: readonly Subscription[];
}

/** `1.4.AC4`: who may publish on the topic, and who gets it. */
export const alertTopic: Criterion<ObservedTopic> = {
  id: '1.4.AC4',
  async observe(deployed) {
    const home = costOf(deployed).budget ? inCostRegion(deployed) : deployed;
    const TopicArn = await physicalIdOf(home, 'AWS::SNS::Topic');
    const { Attributes } = await home.aws.sns.getTopicAttributes({ TopicArn });
    return {
      policy: statementsOf(Attributes?.['Policy']),
      subscriptions: await subscriptionsOf(home.aws.sns, TopicArn),
    };
  },
  evaluate({ policy, subscriptions }, expected) {
    const subscribers = compareSubscribers(costOf(expected).emails, subscriptions);
    const named = (wanted: SubscriberState) =>
      subscribers.filter(({ state }) => state === wanted).map(({ email }) => email);
    const pending = named('pending');
    const allowed = policy.filter(({ Effect }) => Effect === 'Allow');
    const senders = allowed.flatMap(principalsOf);
    const unbound = allowed.filter(
      ({ Condition }) => Condition?.['StringEquals']?.['aws:SourceAccount'] !== expected.id,
    );
    return {
      wrong: [
        ...differencesOf('the topic', senders, SENDERS),
        ...unbound.map((statement) => `${principalsOf(statement)} may send for any account`),
        ...named('unsubscribed').map((email) => `${email} is not subscribed`),
        ...named('unknown').map((email) => `${email} is subscribed, and not configured`),
      ],
      evidence: `${senders.join(' and ')} for this account; ${subscribers.map(({ email, state }) => `${email} ${state}`).join(', ')}`,
      ...(pending.length === 0
        ? {}
        : { waitsFor: `${pending.join(', ')} to confirm the subscription, by the link in the message from AWS` }),
    };
  },
};

/** Addresses that a topic has as subscribers, confirmed or not. */
export async function subscribersOf({ aws }: Pick<DeployedStage, 'aws'>, TopicArn: string): Promise<string[]> {
  return (await subscriptionsOf(aws.sns, TopicArn)).map(({ endpoint }) => endpoint);
}
