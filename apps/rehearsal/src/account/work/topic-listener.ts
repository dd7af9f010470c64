import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { Account } from '../account';

/** Longest wait for a message, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** A message as SNS posts it to a subscriber. */
export interface TopicMessage {
  readonly Type?: string;
  readonly Subject?: string;
  readonly Message?: string;
  readonly MessageId?: string;
  readonly Token?: string;
}

/** Subscribes to a topic over HTTP, as people do by e-mail: it confirms, and keeps what comes. */
export class TopicListener {
  private readonly messages: TopicMessage[] = [];
  private readonly server: Server;

  private constructor(
    private readonly account: Pick<Account, 'aws'>,
    private readonly TopicArn: string,
  ) {
    this.server = createServer(async (request, response) => {
      this.messages.push(JSON.parse((await text(request)) || '{}'));
      response.end();
    });
  }

  /** @throws Error when the topic asks for no confirmation */
  static async subscribe(account: Pick<Account, 'aws'>, topicArn: string): Promise<TopicListener> {
    const listener = new TopicListener(account, topicArn);
    await new Promise<void>((resolve) => listener.server.listen(0, '127.0.0.1', resolve));
    try {
      await listener.confirm();
      return listener;
    } catch (error) {
      await listener.close();
      throw error;
    }
  }

  /** The message with this id; nothing when it does not come in time. */
  received(id: string | undefined): Promise<TopicMessage | undefined> {
    return this.waitFor(({ Type, MessageId }) => Type === 'Notification' && MessageId === id);
  }

  async close(): Promise<void> {
    const { sns } = this.account.aws;
    const { Subscriptions = [] } = await sns.listSubscriptionsByTopic({ TopicArn: this.TopicArn });
    const ours = Subscriptions.find(({ Endpoint }) => Endpoint === this.url);
    if (ours) await sns.unsubscribe({ SubscriptionArn: ours.SubscriptionArn });
    this.server.closeAllConnections();
    this.server.close();
  }

  private get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  private async confirm(): Promise<void> {
    const { sns } = this.account.aws;
    await sns.subscribe({ TopicArn: this.TopicArn, Protocol: 'http', Endpoint: this.url });
    const asked = await this.waitFor(({ Type }) => Type === 'SubscriptionConfirmation');
    if (!asked?.Token) throw new Error('the topic asks a subscriber for no confirmation');
    await sns.confirmSubscription({ TopicArn: this.TopicArn, Token: asked.Token });
  }

  private async waitFor(isWanted: (message: TopicMessage) => boolean): Promise<TopicMessage | undefined> {
    for (const deadline = Date.now() + TIMEOUT_MS; ; await setTimeout(50)) {
      const found = this.messages.find(isWanted);
      if (found || Date.now() > deadline) return found;
    }
  }
}
