import { CommandError, EXIT } from '../command-error';

/** One of several answers. */
export interface Option {
  readonly value: string;
  /** What is said of it beside its value. @default - the value alone */
  readonly hint?: string;
}

/** Who answers what the account leaves open. */
export interface Asking {
  /** One of several values. */
  choose(flag: string, question: string, options: readonly Option[]): Promise<string>;
  /** A text; `problem` says what is wrong with one. */
  text(flag: string, question: string, problem: (text: string) => string | undefined): Promise<string>;
}

/** Without a terminal nobody is asked: the flag has to be given. */
export const NOBODY: Asking = {
  async choose(flag, question, options) {
    const known = options.map(({ value, hint }) => `    ${value}${hint ? `  ${hint}` : ''}`).join('\n');
    throw new CommandError(
      `${question}\nGive it with ${flag}, as there is no terminal to ask. One of:\n${known}`,
      EXIT.usage,
    );
  },
  async text(flag, question) {
    throw new CommandError(`${question}\nGive it with ${flag}, as there is no terminal to ask.`, EXIT.usage);
  },
};

/** What is to be chosen. */
export interface Choice {
  readonly flag: string;
  readonly question: string;
  readonly options: readonly Option[];
  /** Value of the flag. @default - not given */
  readonly given?: string | undefined;
}

/**
 * The value of the flag, the only one that there is, or the answer.
 *
 * @returns the value, and how it came about
 * @throws CommandError when the flag names none of them
 */
export async function pick(
  asking: Asking,
  { flag, question, options, given }: Choice,
): Promise<{ readonly value: string; readonly how: string }> {
  if (given !== undefined) {
    if (options.some(({ value }) => value === given)) return { value: given, how: flag };
    const known = options.map(({ value }) => value).join(', ');
    throw new CommandError(`${flag} must be one of ${known}, got: ${given}.`, EXIT.usage);
  }
  const [only, ...others] = options;
  if (only && others.length === 0) return { value: only.value, how: 'the only one' };
  return { value: await asking.choose(flag, question, options), how: `chosen of ${options.length}` };
}
