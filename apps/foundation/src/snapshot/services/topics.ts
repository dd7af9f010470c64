import { paginateListSubscriptions, paginateListTopics } from '@aws-sdk/client-sns';
import { all } from '../../account/pages';
import { type Kind, listed, type Service } from '../kind';
import { orUnknown } from '../or-unknown';
import { documentOf, hashOf } from '../value';

const topicsOfSns = listed({
  name: 'topic',
  type: 'AWS::SNS::Topic',
  pages: ({ aws: { sns: client } }) => paginateListTopics({ client }, {}),
  items: ({ Topics }) => Topics,
  id: ({ TopicArn }) => TopicArn,
  properties: async ({ TopicArn }, { aws: { sns } }) => ({
    attributes: await orUnknown(async () => parsed((await sns.getTopicAttributes({ TopicArn })).Attributes)),
  }),
});

const subscriptions: Kind = {
  name: 'subscription',
  type: 'AWS::SNS::Subscription',
  read: async ({ aws: { sns }, managed }) => {
    const found = await all(paginateListSubscriptions({ client: sns }, {}), ({ Subscriptions }) => Subscriptions);
    return found
      .filter(({ TopicArn }) => !managed.has('AWS::SNS::Topic', TopicArn))
      .map(({ SubscriptionArn = '', TopicArn, Protocol = '', Endpoint = '' }) => {
        // The path of a URL often is all that protects it.
        const endpoint = /^https?$/.test(Protocol) ? hashOf(Endpoint) : Endpoint;
        const isConfirmed = SubscriptionArn.startsWith('arn:');
        const id = isConfirmed ? SubscriptionArn : `${TopicArn} ${Protocol} ${endpoint}`;
        return { id, properties: { TopicArn, Protocol, endpoint, isConfirmed } };
      });
  },
};

export const topics: Service = { name: 'topics', kinds: [topicsOfSns, subscriptions] };

function parsed(attributes: { readonly [name: string]: string } | undefined): object {
  const { Policy, ...rest } = attributes ?? {};
  return { ...rest, Policy: documentOf(Policy) };
}
