import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { costOf, type DeployedStage } from '../../account/deployed-stage';
import { type PolicyStatement, principalsOf, statementsOf } from '../../account/policy';
import { physicalIdOf } from '../../account/stack-resources';
import { type Criterion, differencesOf } from '../criterion';

/** Services that send alerts to people. */
const SENDERS = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'costalerts.amazonaws.com'];

export interface ObservedTopic {
  readonly policy: readonly PolicyStatement[];
  /** Endpoints that are subscribed, confirmed or not. */
  readonly subscribers: readonly string[];
}

/** `1.4.AC4`: who may publish on the topic, and who gets it. */
export const alertTopic: Criterion<ObservedTopic> = {
  id: '1.4.AC4',
  async observe(deployed) {
    const TopicArn = await physicalIdOf(deployed, 'AWS::SNS::Topic');
    const { Attributes } = await deployed.aws.sns.getTopicAttributes({ TopicArn });
    return { policy: statementsOf(Attributes?.['Policy']), subscribers: await subscribersOf(deployed, TopicArn) };
  },
  evaluate({ policy, subscribers }, expected) {
    const allowed = policy.filter(({ Effect }) => Effect === 'Allow');
    const senders = allowed.flatMap(principalsOf);
    const unbound = allowed.filter(
      ({ Condition }) => Condition?.['StringEquals']?.['aws:SourceAccount'] !== expected.id,
    );
    return {
      wrong: [
        ...differencesOf('the topic', senders, SENDERS),
        ...unbound.map((statement) => `${principalsOf(statement)} may send for any account`),
        ...differencesOf('the list of subscribers', subscribers, costOf(expected).emails),
      ],
      evidence: `${senders.join(' and ')} for this account; ${subscribers.join(', ')}`,
    };
  },
};

/** Addresses that a topic has as subscribers, confirmed or not. */
export async function subscribersOf({ aws }: Pick<DeployedStage, 'aws'>, TopicArn: string): Promise<string[]> {
  const emails: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: aws.sns }, { TopicArn }))
    emails.push(...Subscriptions.map(({ Endpoint = '' }) => Endpoint));
  return emails;
}
