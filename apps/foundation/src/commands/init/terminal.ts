import { CommandError } from '../../command-error';
import type { Asking } from '../../init/asking';

/** Standard output is the result's. */
const output = process.stderr;

/** The person at the terminal; what is asked with is loaded only then. */
export const PERSON: Asking = {
  async choose(_, message, options) {
    const { select } = await import('@clack/prompts');
    const shown = options.map(({ value, hint }) => ({ value, label: value, ...(hint ? { hint } : {}) }));
    return answered(await select({ message, options: shown, output }));
  },
  async text(_, message, problem) {
    const { text } = await import('@clack/prompts');
    return answered(await text({ message, validate: (given = '') => problem(given.trim()), output })).trim();
  },
};

/** Whether a person agrees. */
export async function agrees(message: string): Promise<boolean> {
  const { confirm } = await import('@clack/prompts');
  return answered(await confirm({ message, initialValue: false, output }));
}

/** Ctrl-C gives a symbol. */
function answered<T>(answer: T): Exclude<T, symbol> {
  if (typeof answer === 'symbol') throw new CommandError('init was cancelled. Nothing was written.');
  return answer as Exclude<T, symbol>;
}
