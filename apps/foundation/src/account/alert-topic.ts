import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { all } from './pages';
import type { Subscription } from './subscribers';

/** The topic of an account's alerts, as it is deployed. */
export class DeployedAlertTopic {
  protected readonly sns: SNSClient;

  constructor(
    readonly arn: string,
    region: string,
  ) {
    this.sns = new SNSClient({ region });
  }

  async subscriptions(): Promise<Subscription[]> {
    return subscriptionsOf(this.sns, this.arn, 'email');
  }
}

/**
 * Who is subscribed to a topic, confirmed or not.
 *
 * @param protocol of the subscriptions that are wanted. @default - any
 */
export async function subscriptionsOf(
  client: SNSClient,
  TopicArn: string | undefined,
  protocol?: string,
): Promise<Subscription[]> {
  const found = await all(paginateListSubscriptionsByTopic({ client }, { TopicArn }), (page) => page.Subscriptions);
  return found
    .filter(({ Protocol }) => protocol === undefined || Protocol === protocol)
    .map(({ Endpoint = '', SubscriptionArn = '' }) => ({ endpoint: Endpoint, arn: SubscriptionArn }));
}
