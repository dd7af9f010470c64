import { isFailure, isOfStack, parseEvent, type StackEvent } from './stack-event';

/** The least time between two lines about the progress of one stack, in milliseconds. */
const PROGRESS_INTERVAL = 5_000;

/** What the CDK CLI says while all is well; the log holds it. */
const NOISE =
  /^(UserMetrics-[\w-]+$|\S+: (start|success): |\S+: creating CloudFormation changeset|✨ |Outputs:$|\S+\.ExportsOutput|Stack ARN:$|Failed resources:$|\S+ Currently in progress:)/;

/** Said for each stack and each asset, when the IAM roles of the bootstrap cannot be assumed. */
const OF_EACH_ROLE = /Proceeding anyway\.$/;

const STEP = /^(\S+): (deploying|destroying)\.\.\. \[(\d+)\/(\d+)\]$/;

/**
 * Decides line by line what a person is shown of the CDK CLI: progress by stack, and what is meant for people, such as
 * changes that need approval, outputs and warnings. Stack events are counted, and an error with the logs behind it is
 * left to the log.
 */
export class ShownOutput {
  private isPublishing = false;
  private isError = false;
  private readonly said = new Set<string>();
  private last = { stack: '', at: Number.NEGATIVE_INFINITY };

  /** @param now time in milliseconds */
  constructor(private readonly now: () => number = performance.now.bind(performance)) {}

  /**
   * @param line without its end, and without colours
   * @returns what is shown for it; the line itself where it is for people; undefined for nothing
   */
  lineFor(line: string): string | undefined {
    const event = parseEvent(line);
    if (event) return this.progressOf(event);
    const [, stack, verb, number, total] = STEP.exec(line) ?? [];
    if (stack) {
      this.isError = false;
      return `${stack}: ${verb} (${number} of ${total}) …`;
    }
    const text = line.trim();
    if (text.startsWith('✅')) {
      this.isError = false;
      return text;
    }
    // What follows is the error once more, with the log of the function.
    if (text.startsWith('❌')) this.isError = true;
    if (/: start: Publishing /.test(text) && !this.isPublishing) {
      this.isPublishing = true;
      return 'Publishing templates and the code of functions …';
    }
    if (this.isError || text === '' || NOISE.test(text)) return undefined;
    return OF_EACH_ROLE.test(text) && this.isRepeated(text) ? undefined : line;
  }

  private isRepeated(text: string): boolean {
    const isRepeated = this.said.has(text);
    this.said.add(text);
    return isRepeated;
  }

  private progressOf(event: StackEvent): string | undefined {
    const { stack, status, progress } = event;
    // A reason may have many lines.
    this.isError = isFailure(event);
    if (isOfStack(event) && status.includes('ROLLBACK_IN_PROG')) return `${stack}: failed, and is rolled back …`;
    if (progress === undefined) return undefined;
    if (this.last.stack === stack && this.now() - this.last.at < PROGRESS_INTERVAL) return undefined;
    this.last = { stack, at: this.now() };
    return `${stack}: ${progress} resources`;
  }
}
