import type { StackResource } from '@user-metrics/foundation/account';
import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';

/** A stack with its status. */
export interface StackState {
  readonly name: string;
  readonly status: string;
}

/** What is wrong with stacks that were just made. */
export function unfinished(stacks: readonly StackState[]): string[] {
  if (stacks.length === 0) return ['there is no stack'];
  return stacks.filter(({ status }) => status !== 'CREATE_COMPLETE').map(({ name, status }) => `${name} is ${status}`);
}

/** Times of the last change by stack. */
export type ChangeTimes = { readonly [stack: string]: string };

/** Stacks that were updated between two readings, by name: CloudFormation lists them as they were created. */
export function touched(before: ChangeTimes, after: ChangeTimes): string[] {
  const stacks = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return stacks.filter((stack) => after[stack] !== before[stack]).map((stack) => `${stack} was updated`);
}

/** Resources that are other ones now, or gone. */
export function replaced(before: readonly StackResource[], after: readonly StackResource[]): string[] {
  const isSame = (one: StackResource, other: StackResource) =>
    one.stack === other.stack && one.logicalId === other.logicalId && one.physicalId === other.physicalId;
  return before
    .filter((resource) => !after.some((other) => isSame(resource, other)))
    .map(({ type, logicalId }) => `${type} ${logicalId} was replaced`);
}

/** The budget before and after one of its alerts was changed. */
export interface BudgetChange {
  readonly budget: string;
  readonly topic: string;
  /** Subscriptions of the topic. */
  readonly subscribers: readonly string[];
}

/** What is wrong with a budget that had to be replaced: AWS cannot change the alerts of one. */
export function notReplaced(before: BudgetChange, after: BudgetChange, inAccount: readonly string[]): string[] {
  return [
    ...(after.budget === before.budget ? ['the budget is the same one'] : []),
    ...(inAccount.includes(before.budget) ? ['the budget before is left'] : []),
    ...(inAccount.includes(after.budget) ? [] : ['there is no budget']),
    ...(after.topic === before.topic ? [] : ['the topic was replaced']),
    ...before.subscribers
      .filter((one) => !after.subscribers.includes(one))
      .map((one) => `${one} is not subscribed any more`),
  ];
}

/** What a deployment should have said of the budget, and did not. */
export function unsaid(output: string): string[] {
  return output.includes(INACTIVE_BUDGET_TAGS)
    ? []
    : ['it does not say that a budget counts $0 until its tags are active'];
}

/** What an update that had to fail has left. */
export interface FailedUpdate {
  readonly exitCode: number;
  /** What the command said. */
  readonly output: string;
  /** Status of the stack whose update failed. */
  readonly status: string | undefined;
  readonly secretBefore: string | undefined;
  readonly secretAfter: string | undefined;
}

const REASON = /failed at UmamiDatabase\/\S+ \(Custom::UmamiDatabase\): (?!CloudFormation gives no reason)/;

/** What is wrong after it. */
export function notRolledBack({ exitCode, output, status, secretBefore, secretAfter }: FailedUpdate): string[] {
  return [
    ...(exitCode === 0 ? ['the command says that all went well'] : []),
    ...(REASON.test(output) ? [] : ['the command does not say which resource failed, and why']),
    ...(status === 'UPDATE_ROLLBACK_COMPLETE' ? [] : [`the database stack is ${status}`]),
    ...(secretAfter === secretBefore ? [] : ['the secret has another value']),
  ];
}

/** What destroy has left. */
export interface AfterDestroy {
  readonly stacks: readonly StackState[];
  readonly hasRecording: boolean;
  readonly hasData: boolean;
}

/** What is wrong after destroy. */
export function notKept({ stacks, hasRecording, hasData }: AfterDestroy): string[] {
  return [
    ...stacks.map(({ name, status }) => `${name} is ${status}`),
    ...(hasRecording ? [] : ['the recording is gone']),
    ...missingData(hasData),
  ];
}

/** What is wrong when the data of the schema cannot be found. */
export function missingData(hasData: boolean): string[] {
  return hasData ? [] : ['the data of the schema is gone'];
}

/** What is in the account after everything was destroyed with its data. */
export interface AfterTheEnd {
  readonly stacks: readonly StackState[];
  readonly parameters: readonly string[];
  /** Schemas and database roles. */
  readonly inDatabase: readonly string[];
  /** ARNs of resources with the Project tag of the foundation. */
  readonly tagged: readonly string[];
}

/** What should not be there any more: all but archives of logs, and the recordings that the first destroy has kept. */
export function leftBehind({ stacks, parameters, inDatabase, tagged }: AfterTheEnd): string[] {
  const buckets = tagged.filter((arn) => arn.startsWith('arn:aws:s3:::'));
  const recordings = buckets.filter((arn) => arn.includes('sessionreplaybucket'));
  const others = tagged.filter((arn) => !buckets.includes(arn));
  return [
    ...stacks.map(({ name, status }) => `${name} is ${status}`),
    ...[...parameters, ...inDatabase, ...others].map((what) => `${what} is left`),
    ...(recordings.length > 1 ? ['the recordings of the second deployment are left'] : []),
  ];
}
