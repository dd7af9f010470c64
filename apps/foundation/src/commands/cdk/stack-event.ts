/** A stack event, as the CDK CLI prints it. */
export interface StackEvent {
  readonly stack: string;
  /** Resources of the stack that are done, and how many there are where that is known. @default - not told */
  readonly progress?: string;
  /** The first 23 characters of the status: the CDK CLI prints no more. */
  readonly status: string;
  readonly type: string;
  /** Path of the construct in the stack, or the logical id. */
  readonly resource: string;
  /** First line of the reason; a longer one goes on in the next lines. */
  readonly reason: string;
}

const LINE = /^(\S+) \| +(?:(\d+(?:\/ *\d+)?) \| )?[^|]*\d[^|]* \| ([A-Z_]+)( \(skipped\))? *\| (\S+) *\| (.*)$/;

/** Reads `stack | 3/20 | time | status | type | resource (logical id) reason`; undefined for any other line. */
export function parseEvent(line: string): StackEvent | undefined {
  const [, stack = '', progress, status = '', skipped, type = '', rest = ''] = LINE.exec(line) ?? [];
  if (stack === '') return undefined;
  const [, path, , reasonOfPath = ''] = /^(.*?) \(([A-Za-z0-9]+)\) ?(.*)$/.exec(rest) ?? [];
  const [first = '', ...others] = rest.split(' ');
  const [resource, reason] = path === undefined || type === STACK ? [first, others.join(' ')] : [path, reasonOfPath];
  const [done, total] = progress?.split('/') ?? [];
  return {
    stack,
    ...(done === undefined ? {} : { progress: total === undefined ? done : `${done} of ${total.trim()}` }),
    status: skipped ? `${status}_SKIPPED` : status,
    type,
    resource,
    reason,
  };
}

const STACK = 'AWS::CloudFormation::Stack';

/** Whether the event is of the stack itself. */
export function isOfStack({ stack, type, resource }: StackEvent): boolean {
  return type === STACK && resource === stack;
}

/** Whether a resource failed; one that was cancelled because another one failed, did not. */
export function isFailure(event: StackEvent): boolean {
  return !isOfStack(event) && event.status.endsWith('_FAILED') && !/^Resource \w+ cancelled$/.test(event.reason);
}
