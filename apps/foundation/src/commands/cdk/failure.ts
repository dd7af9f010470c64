import { isFailure, isOfStack, parseEvent, type StackEvent } from './stack-event';

/** A command that failed, and what it belongs to. */
export interface FailedCommand {
  readonly command: 'deploy' | 'destroy';
  readonly stage: string;
  readonly exitCode: number;
  /** Everything that the CDK CLI said. */
  readonly log: string;
  /** Region of a stack. */
  readonly regionOf: (stack: string) => string;
}

/** Exit codes from here on are those of a signal. */
const SIGNALS = 128;

/**
 * The first resource that failed with its reason, what CloudFormation did then, and what to do next.
 *
 * @returns one line each, for reading
 */
export function describeFailure(failed: FailedCommand): string[] {
  const { command, stage, exitCode, log } = failed;
  const again = `npx projen ${command} --stage ${stage}`;
  if (exitCode >= SIGNALS) {
    return [`Interrupted. CloudFormation completes what it has begun. When it is done: ${again}`];
  }
  const events = eventsOf(log);
  const first = events.find(isFailure);
  const what = first
    ? [
        `Stack ${first.stack} failed at ${first.resource} (${first.type}): ${first.reason}`,
        [afterwards(failed, first, events), ...doneBefore(command, log)].join(' '),
      ]
    : [errorOf(log) ?? withoutChange(exitCode, events)];
  return [...what, `To fix it: remove the cause, then run ${again}`];
}

/** Every event, with the reason in one line and without what CloudFormation and the CDK wrap around it. */
function eventsOf(log: string): StackEvent[] {
  const events: StackEvent[] = [];
  let isReason = false;
  for (const line of log.split('\n')) {
    const event = parseEvent(line);
    const previous = events.at(-1);
    if (event) events.push(event);
    else if (isReason && previous) events[events.length - 1] = { ...previous, reason: `${previous.reason}\n${line}` };
    isReason = event ? isFailure(event) : isReason && !/^(Failed resources:| ?[✅❌])/.test(line);
  }
  return events.map((event) => ({ ...event, reason: inOneLine(event.reason) }));
}

/** The sentence in a reason: without stack frames, the name of the log group, ids of requests. */
function inOneLine(reason: string): string {
  const [text = ''] = reason.split(/\n\s*(?:Logs: |at |\\_ |\n)/);
  const sentence = text
    .replace(/^Received response status \[FAILED\] from custom resource\. Message returned: /, '')
    .replace(/^Resource handler returned message: "([\s\S]*)"/, '$1')
    .replace(/ ?\((RequestToken|RequestId|Request ID): [^)]*\)/g, '')
    .replace(/^Error: /, '');
  return sentence.replace(/\s+/g, ' ').trim() || 'CloudFormation gives no reason';
}

/** The error without a stack event, such as a change set that could not be made. */
function errorOf(log: string): string | undefined {
  const [, stack] = /❌\s+(UserMetrics-[\w-]+)/.exec(log) ?? [];
  if (stack === undefined) return undefined;
  const [, cause = ''] = /(?:‣ |destroy failed )((?:.+\n?)+)/.exec(log) ?? [];
  return `Stack ${stack} failed: ${inOneLine(cause.replace(/^\w*Error: /, ''))}`;
}

function withoutChange(exitCode: number, events: readonly StackEvent[]): string {
  const before = events.length === 0 ? ' before CloudFormation changed a stack' : '';
  return `The CDK CLI ended with exit code ${exitCode}${before}; its message stands above.`;
}

function afterwards({ regionOf }: FailedCommand, { stack }: StackEvent, events: readonly StackEvent[]): string {
  const ofStack = events.filter((event) => event.stack === stack);
  const status = ofStack.findLast(isOfStack)?.status ?? '';
  const which = `--region ${regionOf(stack)} --stack-name ${stack}`;
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return `The rollback failed too: ${lastFailure(ofStack)}. Before the next deployment: aws cloudformation continue-update-rollback ${which}.`;
  if (status === 'ROLLBACK_FAILED')
    return `The rollback failed too: ${lastFailure(ofStack)}. Before the next deployment: aws cloudformation delete-stack ${which}.`;
  if (status.startsWith('UPDATE_ROLLBACK_COMPLET')) return 'CloudFormation rolled the stack back to its state before.';
  if (status === 'ROLLBACK_COMPLETE') return 'CloudFormation rolled the stack back: what it had created is deleted.';
  if (status.startsWith('DELETE')) return 'The stack stays with what could not be deleted.';
  return `Nothing was rolled back: the stack is ${status}.`;
}

function lastFailure(events: readonly StackEvent[]): string {
  const { resource, reason } = events.findLast(isFailure) as StackEvent;
  return `${resource}: ${reason.replace(/\.$/, '')}`;
}

function doneBefore(command: FailedCommand['command'], log: string): string[] {
  const stacks = [...log.matchAll(/✅ +(UserMetrics-[\w-]+)/g)].map(([, stack]) => stack);
  return stacks.length === 0 ? [] : [`${stacks.join(', ')} ${command === 'deploy' ? 'are deployed' : 'are deleted'}.`];
}
