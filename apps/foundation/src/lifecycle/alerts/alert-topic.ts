import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { PublishCommand, paginateListSubscriptionsByTopic, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { ALERT_TOPIC_OUTPUT, COST_STACK } from '../../stacks/cost-stack';
import type { Place } from '../account';
import { EXIT, LifecycleError } from '../lifecycle-error';
import type { Subscription } from './subscribers';

/** The topic of an account's alerts, as it is deployed. */
export class DeployedAlertTopic {
  private readonly sns: SNSClient;

  private constructor(
    readonly arn: string,
    region: string,
  ) {
    this.sns = new SNSClient({ region });
  }

  /** @throws LifecycleError when the account's stack is not deployed */
  static async of(place: Place): Promise<DeployedAlertTopic> {
    const arn = await topicArn(place);
    if (arn) return new DeployedAlertTopic(arn, place.region);
    throw new LifecycleError(
      `${COST_STACK} is not deployed in account ${place.account}, ${place.region}, or is older than this command: deploy a stage of the account first.`,
      EXIT.account,
    );
  }

  async subscriptions(): Promise<Subscription[]> {
    const found: Subscription[] = [];
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
      { client: this.sns },
      { TopicArn: this.arn },
    )) {
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

async function topicArn({ region }: Place): Promise<string | undefined> {
  try {
    const { Stacks = [] } = await new CloudFormationClient({ region }).send(
      new DescribeStacksCommand({ StackName: COST_STACK }),
    );
    return Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === ALERT_TOPIC_OUTPUT)?.OutputValue;
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}
