import { PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { DeployedAlertTopic } from './alert-topic';

/** The same topic for a test alert: a file of its own, so that commands which only read have none of these calls. */
export class TestedAlertTopic extends DeployedAlertTopic {
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
