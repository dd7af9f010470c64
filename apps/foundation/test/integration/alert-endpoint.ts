import { type Answer, type Asked, type AwsEndpoint, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';

const topicIn = (region: string) => `arn:aws:sns:${region}:111122223333:Alerts`;

/** What the account knows and was told. */
interface State {
  /** State by address: `confirmed`, `PendingConfirmation`, `Deleted`. */
  readonly subscriptions: Map<string, string>;
  readonly published: { readonly topic: string; readonly subject: string; readonly message: string }[];
  readonly subscribed: string[];
  /** State by tag key. */
  readonly tagKeys: { [key: string]: string };
  /** What AWS said to them. */
  readonly tagMessages: string[];
  /** USD that the budget has seen. */
  spentUsd: number;
  /** Whether the account's stack is there. */
  isDeployed: boolean;
}

/** An account with a topic, as much of it as `alert-test` asks for. */
export type AlertAccount = AwsEndpoint & State;

/** As much of STS, CloudFormation, SNS, SSM and Budgets as it takes, two subscriptions a page. */
export async function startAlertAccount(subscriptions: { [email: string]: string } = {}): Promise<AlertAccount> {
  const state: State = {
    subscriptions: new Map(Object.entries(subscriptions)),
    published: [],
    subscribed: [],
    tagKeys: { Project: 'active', Environment: 'active' },
    tagMessages: [],
    spentUsd: 12.3,
    isDeployed: true,
  };
  const account: AlertAccount = Object.assign(await startEndpoint((asked) => answer(account, asked)), state);
  return account;
}

function answer(account: State, { action, parameters, region, refuse }: Asked): Answer {
  switch (action) {
    case 'GetCallerIdentity':
      return xml(action, '<Account>111122223333</Account>');
    case 'DescribeStacks':
      return account.isDeployed
        ? xml(action, stack(region))
        : refuse('ValidationError', 'Stack UserMetrics-Cost does not exist');
    case 'GetParameter':
      return json({ Parameter: { Value: JSON.stringify({ keys: account.tagKeys, messages: account.tagMessages }) } });
    case 'DescribeBudget':
      return json({
        Budget: { CalculatedSpend: { ActualSpend: { Amount: String(account.spentUsd), Unit: 'USD' } } },
      });
    case 'ListSubscriptionsByTopic':
      return xml(action, listed(account, topicIn(region), Number(parameters['NextToken'] ?? 0)));
    case 'Subscribe': {
      const email = String(parameters['Endpoint']);
      account.subscribed.push(email);
      account.subscriptions.set(email, 'PendingConfirmation');
      return xml(action, '<SubscriptionArn>pending confirmation</SubscriptionArn>');
    }
    case 'Publish':
      account.published.push({
        topic: String(parameters['TopicArn']),
        subject: String(parameters['Subject']),
        message: String(parameters['Message']),
      });
      return xml(action, '<MessageId>message-1</MessageId>');
    default:
      throw new Error('not expected');
  }
}

function stack(region: string): string {
  const outputs = { AlertTopicArn: topicIn(region), BudgetName: 'Budget-1', TagStatusParameter: '/tags' };
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return `<Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks>`;
}

function listed({ subscriptions }: State, topic: string, start: number): string {
  const page = [...subscriptions].slice(start, start + 2).map(([email, state]) => {
    const arn = state === 'confirmed' ? `${topic}:${email.length}` : state;
    return `<member><Protocol>email</Protocol><Endpoint>${email}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
  });
  const more = start + 2 < subscriptions.size ? `<NextToken>${start + 2}</NextToken>` : '';
  return `<Subscriptions>${page.join('')}</Subscriptions>${more}`;
}
