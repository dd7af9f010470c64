import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import { type Account, costOf } from '../account';
import { principalsOf, statementsOf } from '../policy';
import { physicalIdOf } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';

/** Who has to be able to send alerts to people. */
const SENDERS = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'costalerts.amazonaws.com'];

/** `1.4.AC4`: who may publish on the topic, and who gets it. */
export const alertTopic: AccountCheck = {
  id: '1.4.AC4',
  async look(account) {
    const TopicArn = await physicalIdOf(account, 'AWS::SNS::Topic');
    const { Attributes } = await account.aws.sns.getTopicAttributes({ TopicArn });
    const allowed = statementsOf(Attributes?.['Policy']).filter(({ Effect }) => Effect === 'Allow');
    const senders = allowed.flatMap(principalsOf);
    const unbound = allowed.filter(
      ({ Condition }) => Condition?.['StringEquals']?.['aws:SourceAccount'] !== account.id,
    );
    const emails = await subscribersOf(account, TopicArn);
    return {
      wrong: [
        ...differencesOf('the topic', senders, SENDERS),
        ...unbound.map((statement) => `${principalsOf(statement)} may send for any account`),
        ...differencesOf('the list of subscribers', emails, costOf(account).emails),
      ],
      evidence: `${senders.join(' and ')} for this account; ${emails.join(', ')}`,
    };
  },
};

/** Addresses that a topic has as subscribers, confirmed or not. */
export async function subscribersOf({ aws }: Account, TopicArn: string): Promise<string[]> {
  const emails: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: aws.sns }, { TopicArn }))
    emails.push(...Subscriptions.map(({ Endpoint = '' }) => Endpoint));
  return emails;
}
