import { createInterface } from 'node:readline/promises';
import { Interrupted, UsageError } from './failure';

export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/**
 * Makes sure that a person means this very database before data is removed.
 *
 * @param given value of `--confirm`
 * @param would lines that say what would be removed, shown on a terminal before the question
 * @throws UsageError when another database, or none, was named
 * @throws Interrupted after Ctrl-C
 */
export async function requireConfirmed(
  database: string,
  given: string | undefined,
  would: () => Promise<readonly string[]>,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<void> {
  if (given === database) return;
  if (given !== undefined)
    throw new UsageError(
      `--confirm must be the database that the command is connected to, ${database}, got: ${given}. Nothing was removed.`,
    );
  if (!terminal.input.isTTY || !terminal.output.isTTY)
    throw new UsageError(
      `This removes data for good. Nothing was removed. See what with --dry-run, and then add: --confirm '${database.replaceAll("'", `'\\''`)}'`,
    );
  terminal.output.write((await would()).map((line) => `${line}\n`).join(''));
  const answer = await ask(`Type the name of the database to remove this from it: `, terminal);
  if (answer !== database) throw new UsageError(`The answer was not ${database}: nothing was removed.`);
}

/** @returns nothing when the terminal was closed instead */
async function ask(question: string, { input, output }: Terminal): Promise<string | undefined> {
  const terminal = createInterface({ input, output });
  const closed = new Promise<undefined>((resolve) => terminal.once('close', () => resolve(undefined)));
  const interrupted = new Promise<never>((_, reject) =>
    terminal.once('SIGINT', () => reject(new Interrupted('\nNothing was removed.'))),
  );
  try {
    return await Promise.race([terminal.question(question), closed, interrupted]);
  } finally {
    terminal.close();
  }
}
