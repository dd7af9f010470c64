import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const TOPIC = 'arn:aws:sns:us-east-1:111122223333:UserMetrics-Cost-Alerts';

/** An account with a topic, as much of it as `alert-test` asks for. */
export interface AlertAccount {
  readonly url: string;
  /** State by address: `confirmed`, `PendingConfirmation`, `Deleted`. */
  readonly subscriptions: Map<string, string>;
  readonly published: { readonly subject: string; readonly message: string }[];
  readonly subscribed: string[];
  /** Every action, in order. */
  readonly calls: string[];
  /** Errors that come instead of the usual answers, by action; each once. */
  readonly refusals: { readonly action: string; readonly status: number; readonly code: string }[];
  /** State by tag key. */
  readonly tagKeys: { [key: string]: string };
  /** USD that the budget has seen. */
  spentUsd: number;
  /** Whether the account's stack is there. */
  isDeployed: boolean;
  stop(): void;
}

type Answer = { readonly status: number; readonly body: string };

/** A local endpoint that speaks as much of STS, CloudFormation, SNS, SSM and Budgets as it takes, two subscriptions a page. */
export async function startAlertAccount(subscriptions: { [email: string]: string } = {}): Promise<AlertAccount> {
  const state = {
    subscriptions: new Map(Object.entries(subscriptions)),
    published: [] as AlertAccount['published'],
    subscribed: [] as string[],
    calls: [] as string[],
    refusals: [] as AlertAccount['refusals'],
    tagKeys: { Project: 'active', Environment: 'active' } as { [key: string]: string },
    spentUsd: 12.3,
    isDeployed: true,
  };
  const server = createServer(async (request, response) => {
    const target = request.headers['x-amz-target'];
    const body = await text(request);
    const given = target ? jsonAnswer(state, String(target)) : answer(state, new URLSearchParams(body));
    response
      .writeHead(given.status, { 'content-type': target ? 'application/x-amz-json-1.1' : 'text/xml' })
      .end(given.body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return Object.assign(state, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop });
}

function jsonAnswer(account: Omit<AlertAccount, 'url' | 'stop'>, target: string): Answer {
  const action = target.split('.').at(-1) ?? '';
  account.calls.push(action);
  const refusal = account.refusals.find((one) => one.action === action);
  if (refusal) return { status: refusal.status, body: JSON.stringify({ __type: refusal.code, message: refusal.code }) };
  const answers: { [action: string]: object } = {
    GetParameter: { Parameter: { Value: JSON.stringify({ keys: account.tagKeys }) } },
    DescribeBudget: { Budget: { CalculatedSpend: { ActualSpend: { Amount: String(account.spentUsd), Unit: 'USD' } } } },
  };
  return { status: action in answers ? 200 : 400, body: JSON.stringify(answers[action] ?? { __type: 'Unexpected' }) };
}

function answer(account: Omit<AlertAccount, 'url' | 'stop'>, input: URLSearchParams): Answer {
  const action = input.get('Action') ?? '';
  account.calls.push(action);
  const next = account.refusals.findIndex((refusal) => refusal.action === action);
  const [refusal] = next < 0 ? [] : account.refusals.splice(next, 1);
  if (refusal) return error(refusal.status, refusal.code, `${refusal.code} of the test`);
  switch (action) {
    case 'GetCallerIdentity':
      return result(action, '<Account>111122223333</Account>');
    case 'DescribeStacks': {
      if (!account.isDeployed) return error(400, 'ValidationError', 'Stack with id UserMetrics-Cost does not exist');
      const outputs = { AlertTopicArn: TOPIC, BudgetName: 'Budget-1', TagStatusParameter: '/tags' };
      const members = Object.entries(outputs).map(
        ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
      );
      return result(action, `<Stacks><member><Outputs>${members.join('')}</Outputs></member></Stacks>`);
    }
    case 'ListSubscriptionsByTopic':
      return listed(account, Number(input.get('NextToken') ?? 0));
    case 'Subscribe': {
      const email = input.get('Endpoint') ?? '';
      account.subscribed.push(email);
      account.subscriptions.set(email, 'PendingConfirmation');
      return result(action, '<SubscriptionArn>pending confirmation</SubscriptionArn>');
    }
    case 'Publish':
      account.published.push({ subject: input.get('Subject') ?? '', message: input.get('Message') ?? '' });
      return result(action, '<MessageId>drill-1</MessageId>');
    default:
      return error(400, 'Unexpected', `Unexpected call of ${action}`);
  }
}

function listed({ subscriptions }: Pick<AlertAccount, 'subscriptions'>, start: number): Answer {
  const page = [...subscriptions].slice(start, start + 2).map(([email, state]) => {
    const arn = state === 'confirmed' ? `${TOPIC}:${email.length}` : state;
    return `<member><Protocol>email</Protocol><Endpoint>${email}</Endpoint><SubscriptionArn>${arn}</SubscriptionArn></member>`;
  });
  const more = start + 2 < subscriptions.size ? `<NextToken>${start + 2}</NextToken>` : '';
  return result('ListSubscriptionsByTopic', `<Subscriptions>${page.join('')}</Subscriptions>${more}`);
}

function result(action: string, body: string): Answer {
  return { status: 200, body: `<${action}Response><${action}Result>${body}</${action}Result></${action}Response>` };
}

function error(status: number, code: string, message: string): Answer {
  return {
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}
