import { costOf, physicalIdOf } from '@user-metrics/foundation/account';
import type { Account } from '../account';
import type { AccountCheck } from '../checks/account-check';
import { type CommandOptions, type CommandResult, runFoundation } from '../foundation-command';
import { TopicListener, type TopicMessage } from './topic-listener';

/** What `alert-test --json` prints. */
interface Printed {
  readonly messageId?: string;
  readonly subscribers: readonly { readonly email: string; readonly state: string }[];
  readonly asked: readonly string[];
  readonly budget: { readonly hasInactiveTags: boolean; readonly keys: { readonly [key: string]: string } };
}

/** What a command printed, and what came of it. */
export interface AlertTestRun {
  readonly exitCode: number;
  readonly printed: Printed;
}

/**
 * `work.alert-test`: the test alert arrives at a subscriber; nobody confirms an e-mail here, so each address is pending; one that
 * is unsubscribed is reported as such, and is asked again.
 */
export function alertTest(options: CommandOptions): AccountCheck {
  return {
    id: 'work.alert-test',
    async run(account) {
      const TopicArn = await physicalIdOf(account, 'AWS::SNS::Topic');
      const { emails } = costOf(account);
      const [first = ''] = emails;
      const run = async (...args: string[]) =>
        resultOf(await runFoundation(account, 'alert-test', options, ['--json', ...args]));
      const listener = await TopicListener.subscribe(account, TopicArn);
      try {
        const sent = await run();
        const message = await listener.received(sent.printed.messageId);
        await unsubscribe(account, TopicArn, first);
        const [unsubscribed, again] = [await run('--dry-run'), await run('--resubscribe')];
        const { keys } = sent.printed.budget;
        return {
          wrong: [
            ...wrongTestAlert(sent, message, emails),
            ...wrongStates('after one is unsubscribed', unsubscribed, { ...pending(emails), [first]: 'unsubscribed' }),
            ...wrongStates('after --resubscribe', again, pending(emails)),
            ...(again.printed.asked.includes(first) ? [] : [`${first} was not asked again`]),
          ],
          evidence: `the test alert ${message?.MessageId} arrived; ${first} pending, unsubscribed, asked again; budget tags: ${Object.entries(keys).flat().join(' ')}`,
        };
      } finally {
        await listener.close();
      }
    },
  };
}

/** What is wrong with a test alert that nobody but the listener has confirmed. */
export function wrongTestAlert(
  run: AlertTestRun,
  message: TopicMessage | undefined,
  emails: readonly string[],
): string[] {
  const { exitCode, printed } = run;
  return [
    ...(message?.Subject === 'Test alert: observability alerts'
      ? []
      : [`the test alert did not arrive: ${message?.Subject ?? 'nothing came'}`]),
    ...(message?.Message?.includes('nothing has happened') ? [] : ['the test alert does not say that it is one']),
    ...wrongStates('after the test alert', run, pending(emails)),
    ...(exitCode === 1 ? [] : [`the exit code is ${exitCode}, although nobody has confirmed`]),
    ...(printed.budget.hasInactiveTags ? [] : ['it says that all tags are active, although none is']),
  ];
}

function wrongStates(
  when: string,
  { printed }: AlertTestRun,
  expected: { readonly [email: string]: string },
): string[] {
  const found = Object.fromEntries(printed.subscribers.map(({ email, state }) => [email, state]));
  const emails = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  return emails
    .filter((email) => found[email] !== expected[email])
    .map((email) => `${when} ${email} is ${found[email] ?? 'not listed'}`);
}

function pending(emails: readonly string[]): { [email: string]: string } {
  return Object.fromEntries(emails.map((email) => [email, 'pending']));
}

/** What SNS does with an address that does not confirm within three days. */
async function unsubscribe({ aws }: Account, TopicArn: string, email: string): Promise<void> {
  const subscription = { TopicArn, Protocol: 'email', Endpoint: email, ReturnSubscriptionArn: true };
  const { SubscriptionArn } = await aws.sns.subscribe(subscription);
  await aws.sns.unsubscribe({ SubscriptionArn });
}

/** @throws Error with what the command says when it prints no result */
function resultOf({ exitCode, printed, output }: CommandResult): AlertTestRun {
  if (printed === '') throw new Error(output.trim());
  return { exitCode, printed: JSON.parse(printed) };
}
