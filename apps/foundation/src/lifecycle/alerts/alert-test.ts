import type { Account } from '../../config';
import { type Place, requireCredentials } from '../account';
import type { CommonOptions } from '../commands';
import { EXIT, LifecycleError } from '../lifecycle-error';
import { loadStage } from '../synthesise';
import { print, say } from '../terminal';
import { wrappedTable } from '../terminal-table';
import { DeployedAlertTopic } from './alert-topic';
import { type BudgetSight, budgetSight, describeSight } from './budget-sight';
import { costStackOutputs } from './cost-stack-outputs';
import { compareSubscribers, isDeaf, type Subscriber } from './subscribers';

/** Options of the command. */
export interface AlertTestOptions extends CommonOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly resubscribe?: boolean;
}

/** What the command found and did. */
interface AlertTest {
  readonly topicArn: string;
  /** Id of the drill; nothing when none was sent. */
  readonly messageId?: string;
  readonly subscribers: readonly Subscriber[];
  /** Addresses that were asked again to confirm. */
  readonly asked: readonly string[];
  /** Addresses that could not be, and why. */
  readonly refused: readonly { readonly email: string; readonly reason: string }[];
  readonly budget: BudgetSight;
}

const STATES = {
  confirmed: 'gets alerts',
  pending: 'has not confirmed: look for the message of AWS Notifications, also among spam',
  lost: 'gets nothing: not confirmed within three days, or unsubscribed; --resubscribe asks again',
  unknown: 'gets alerts, and is not in the configuration',
};

/** Sends a drill to the account's topic and lists who gets it; 1 when somebody who should does not. */
export async function alertTest({
  config,
  stage,
  dryRun = false,
  resubscribe = false,
  json,
}: AlertTestOptions): Promise<number> {
  const place = await loadStage(config, stage);
  const { cost } = place.foundation.accounts[place.account] as Account;
  const { emails } = cost;
  await requireCredentials('alert-test', place);
  const test = await explained(() => run(place, cost, { dryRun, resubscribe }));
  const sight = describeSight(test.budget, place.account, cost.limit);
  print(json ? JSON.stringify(test, null, 2) : [report(test), ...(sight.length > 0 ? ['', ...sight] : [])].join('\n'));
  const deaf = test.subscribers.filter(isDeaf);
  if (deaf.length === 0 && test.refused.length === 0) return 0;
  say(`${deaf.length} of ${new Set(emails).size} addresses get no alerts.`);
  return EXIT.failed;
}

async function run(
  place: Place,
  cost: Account['cost'],
  { dryRun, resubscribe }: { readonly dryRun: boolean; readonly resubscribe: boolean },
): Promise<AlertTest> {
  const outputs = await costStackOutputs(place);
  const topic = new DeployedAlertTopic(outputs.topicArn, place.region);
  const budget = await budgetSight(place, outputs, cost);
  const { emails } = cost;
  const before = compareSubscribers(emails, await topic.subscriptions());
  const toAsk = resubscribe ? before.filter(isDeaf).map(({ email }) => email) : [];
  if (dryRun) return { topicArn: topic.arn, subscribers: before, asked: toAsk, refused: [], budget };
  const { asked, refused } = await ask(topic, toAsk);
  const messageId = await topic.publish('Drill: observability alerts', drill(place.account, new Date()));
  const subscribers = asked.length > 0 ? compareSubscribers(emails, await topic.subscriptions()) : before;
  return { topicArn: topic.arn, messageId, subscribers, asked, refused, budget };
}

/** One address that SNS refuses must not keep the others from being asked. */
async function ask(
  topic: DeployedAlertTopic,
  emails: readonly string[],
): Promise<Pick<AlertTest, 'asked' | 'refused'>> {
  const asked: string[] = [];
  const refused: { email: string; reason: string }[] = [];
  for (const email of emails) {
    try {
      await topic.subscribe(email);
      asked.push(email);
    } catch (error) {
      refused.push({ email, reason: (error as Error).message });
    }
  }
  return { asked, refused };
}

function drill(account: string, now: Date): string {
  return [
    `This is a drill, sent at ${now.toISOString()} with \`user-metrics alert-test\`: nothing has happened.`,
    `Alerts about the cost and the storage of the observability stack in AWS account ${account} reach you like this message.`,
  ].join('\n');
}

function report({ topicArn, messageId, subscribers, asked, refused }: AlertTest): string {
  const rows = subscribers.map(({ email, state }) => [email, state, STATES[state]]);
  return [
    topicArn,
    messageId ? `Drill sent: ${messageId}` : 'Nothing was sent.',
    wrappedTable([['address', 'state', ''], ...rows], ['left', 'left', 'left']),
    ...asked.map((email) => `${messageId ? 'Asked' : 'Would ask'} ${email} to confirm, within three days.`),
    ...refused.map(({ email, reason }) => `Could not ask ${email}: ${reason}`),
  ].join('\n');
}

/** What AWS refuses is no mistake of ours: its message says what is missing. */
async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LifecycleError || !(error instanceof Error) || !('$metadata' in error)) throw error;
    throw new LifecycleError(`alert-test was refused by AWS: ${error.message}`);
  }
}
