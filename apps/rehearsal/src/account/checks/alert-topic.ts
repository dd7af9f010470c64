import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { Account } from '../account';
import { ourResources } from '../stack-resources';
import { type AccountCheck, differencesOf } from './account-check';

/** Who has to be able to send alerts to people. */
const SENDERS = ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com', 'costalerts.amazonaws.com'];

/** `1.4.AC4`: who may publish on the topic, and who gets it. */
export const alertTopic: AccountCheck = {
  id: '1.4.AC4',
  async look(account) {
    const { cost } = Object.values(account.config.foundation.accounts)[0] ?? { cost: undefined };
    const TopicArn = (await ourResources(account)).find(({ type }) => type === 'AWS::SNS::Topic')?.physicalId ?? '';
    const { Attributes } = await account.aws.sns.getTopicAttributes({ TopicArn });
    const { Statement = [] } = JSON.parse(Attributes?.['Policy'] ?? '{}') as { Statement?: PolicyStatement[] };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    const senders = allowed.flatMap(({ Principal }) => principalsOf(Principal));
    const unbound = allowed.filter(
      ({ Condition }) => Condition?.['StringEquals']?.['aws:SourceAccount'] !== account.id,
    );
    const emails = await subscribersOf(account, TopicArn);
    return {
      wrong: [
        ...differencesOf('the topic', senders, SENDERS),
        ...unbound.map(({ Principal }) => `${principalsOf(Principal)} may send for any account`),
        ...differencesOf('the list of subscribers', emails, cost?.emails ?? []),
      ],
      evidence: `${senders.join(' and ')} for this account; ${emails.join(', ')}`,
    };
  },
};

interface PolicyStatement {
  readonly Effect: string;
  readonly Principal: string | { readonly [kind: string]: string | readonly string[] };
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string } };
}

function principalsOf(principal: PolicyStatement['Principal']): string[] {
  return typeof principal === 'string' ? [principal] : Object.values(principal).flat();
}

async function subscribersOf({ aws }: Account, TopicArn: string): Promise<string[]> {
  const emails: string[] = [];
  for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic({ client: aws.sns }, { TopicArn }))
    emails.push(...Subscriptions.map(({ Endpoint = '' }) => Endpoint));
  return emails;
}
