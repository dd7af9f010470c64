import { PublishCommand, paginateListSubscriptionsByTopic, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { Subscription } from './subscribers';

/** The topic of an account's alerts, as it is deployed. */
export class DeployedAlertTopic {
  private readonly sns: SNSClient;

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

  /** Sends the message again that has to be confirmed. */
  async subscribe(email: string): Promise<void> {
    await this.sns.send(new SubscribeCommand({ TopicArn: this.arn, Protocol: 'email', Endpoint: email }));
  }

  /** @returns the id of the message */
  async publish(subject: string, message: string): Promise<string> {
    const { MessageId } = await this.sns.send(
      new PublishCommand({ TopicArn: this.arn, Subject: subject, Message: message }),
    );
    return MessageId ?? '';
  }
}
