import { paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
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
    const found: Subscription[] = [];
    const pages = paginateListSubscriptionsByTopic({ client: this.sns }, { TopicArn: this.arn });
    for await (const { Subscriptions = [] } of pages) {
      for (const { Protocol, Endpoint = '', SubscriptionArn = '' } of Subscriptions) {
        if (Protocol === 'email') found.push({ endpoint: Endpoint, arn: SubscriptionArn });
      }
    }
    return found;
  }
}
