import type { Command } from 'commander';
import { type BudgetTagStatus, budgetTagStatus, describeBudgetTagStatus } from '../account/budget-tag-status';
import { alertsTopicArn, costStackOutputs } from '../account/cost-stack-outputs';
import type { Place } from '../account/place';
import { requireCredentials } from '../account/require-account';
import { compareSubscribers, getsNoAlerts, type Subscriber } from '../account/subscribers';
import { TestedAlertTopic } from '../account/tested-alert-topic';
import { CommandError, EXIT } from '../command-error';
import type { Account } from '../config';
import { print, say } from '../report/terminal';
import { wrappedTable } from '../report/terminal-table';
import { hasAlertsStack } from '../stacks/stack-names';
import { loadStage } from './assembly/synthesise';
import { addCommand, type CommonOptions, type End } from './options';

/** Options of the command. */
interface AlertTestOptions extends CommonOptions {
  readonly json?: boolean;
  readonly dryRun?: boolean;
  readonly resubscribe?: boolean;
}

/** What the command found and did. */
interface AlertTest extends TopicTest {
  /** The same for the alarms of stages, where they have a topic of their own beside that of the budgets. */
  readonly stageAlerts?: TopicTest;
  /** Nothing where the account has no budget. */
  readonly budget?: BudgetTagStatus;
}

/** The same for one topic. */
interface TopicTest {
  readonly topicArn: string;
  /** Id of the test alert; nothing when none was sent. */
  readonly messageId?: string;
  readonly subscribers: readonly Subscriber[];
  /** Addresses that were asked again to confirm. */
  readonly asked: readonly string[];
  /** Addresses that could not be, and why. */
  readonly refused: readonly { readonly email: string; readonly reason: string }[];
}

const STATES = {
  confirmed: 'gets alerts',
  pending: 'has not confirmed: look for the message of AWS Notifications, also among spam',
  unsubscribed: 'gets nothing: not confirmed within three days, or unsubscribed; --resubscribe asks again',
  unknown: 'gets alerts, and is not in the configuration',
};

/** Sends a test alert to the account's topic and lists who gets it; 1 when somebody who should does not. */
async function alertTest({
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
  const topics = [test, ...(test.stageAlerts ? [test.stageAlerts] : [])];
  const status = test.budget ? describeBudgetTagStatus(test.budget, place.account, cost.limit) : [];
  const parts = [...topics.map(report), status.join('\n')].filter((part) => part !== '');
  print(json ? JSON.stringify(test, null, 2) : parts.join('\n\n'));
  const without = new Set(
    topics.flatMap(({ subscribers }) => subscribers.filter(getsNoAlerts).map(({ email }) => email)),
  );
  if (without.size === 0 && topics.every(({ refused }) => refused.length === 0)) return 0;
  say(`${without.size} of ${new Set(emails).size} addresses get no alerts.`);
  return EXIT.failed;
}

async function run({ account, region }: Place, cost: Account['cost'], options: TopicOptions): Promise<AlertTest> {
  const ofStages = hasAlertsStack({ region }, cost) ? await alertsTopicArn({ account, region }) : undefined;
  const testStages = async (topicArn: string) => testTopic({ account, region }, topicArn, cost.emails, options);
  if (!cost.budget) return testStages(ofStages as string);
  const place = { account, region: cost.region };
  const outputs = await costStackOutputs(place);
  const budget = await budgetTagStatus(place, outputs, cost);
  const test = await testTopic(place, outputs.topicArn, cost.emails, options);
  return { ...test, ...(ofStages ? { stageAlerts: await testStages(ofStages) } : {}), budget };
}

interface TopicOptions {
  readonly dryRun: boolean;
  readonly resubscribe: boolean;
}

async function testTopic(
  { account, region }: Place,
  topicArn: string,
  emails: readonly string[],
  { dryRun, resubscribe }: TopicOptions,
): Promise<TopicTest> {
  const topic = new TestedAlertTopic(topicArn, region);
  const before = compareSubscribers(emails, await topic.subscriptions());
  const toAsk = resubscribe ? before.filter(getsNoAlerts).map(({ email }) => email) : [];
  if (dryRun) return { topicArn, subscribers: before, asked: toAsk, refused: [] };
  const { asked, refused } = await ask(topic, toAsk);
  const messageId = await topic.publish('Test alert: observability alerts', testAlertText(account, new Date()));
  const subscribers = asked.length > 0 ? compareSubscribers(emails, await topic.subscriptions()) : before;
  return { topicArn, messageId, subscribers, asked, refused };
}

/** One address that SNS refuses must not keep the others from being asked. */
async function ask(topic: TestedAlertTopic, emails: readonly string[]): Promise<Pick<TopicTest, 'asked' | 'refused'>> {
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

function testAlertText(account: string, now: Date): string {
  return [
    `This is a test alert, sent at ${now.toISOString()} with \`user-metrics alert-test\`: nothing has happened.`,
    `Alerts about the cost and the storage of the observability stack in AWS account ${account} reach you like this message.`,
  ].join('\n');
}

function report({ topicArn, messageId, subscribers, asked, refused }: TopicTest): string {
  const rows = subscribers.map(({ email, state }) => [email, state, STATES[state]]);
  return [
    topicArn,
    messageId ? `Test alert sent: ${messageId}` : 'Nothing was sent.',
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
    if (error instanceof CommandError || !(error instanceof Error) || !('$metadata' in error)) throw error;
    throw new CommandError(`alert-test was refused by AWS: ${error.message}`);
  }
}

export function addAlertTest(program: Command, end: End): void {
  addCommand(program, 'alert-test', "send a test alert to the account's alert topic and list who gets it")
    .option('--resubscribe', 'ask addresses again that are pending or unsubscribed')
    .option('--dry-run', 'list only; send nothing')
    .option('--json', 'print what was found and done as JSON')
    .addHelpText('after', '\nExit code 1 when a configured address gets no alerts.')
    .action(async (options) => end(await alertTest(options)));
}
