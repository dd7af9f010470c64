import type { Readable, Writable } from 'node:stream';
import { CommandError } from '../../command-error';
import type { Asking } from '../../init/asking';

/** A terminal. Standard output is not among it: that is the result's. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** A person, who can also agree to something. */
export interface Person extends Asking {
  agrees(message: string): Promise<boolean>;
}

/** The person at a terminal; what is asked with is loaded only then. */
export function personAt(terminal: Terminal): Person {
  return {
    async choose(_, message, options) {
      const { select } = await import('@clack/prompts');
      const shown = options.map(({ value, hint }) => ({ value, label: value, ...(hint ? { hint } : {}) }));
      return answered(await select({ message, options: shown, ...terminal }));
    },
    async text(_, message, problem) {
      const { text } = await import('@clack/prompts');
      return answered(await text({ message, validate: (given = '') => problem(given.trim()), ...terminal })).trim();
    },
    async agrees(message) {
      const { confirm } = await import('@clack/prompts');
      return answered(await confirm({ message, initialValue: false, ...terminal }));
    },
  };
}

/** Ctrl-C gives a symbol. */
function answered<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer === 'symbol') throw new CommandError('init was cancelled. Nothing was written.');
  return answer as Exclude<T, symbol>;
}
