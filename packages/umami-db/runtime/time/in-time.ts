import { ProvisionError } from '../target/provision-error';

/** What Lambda tells of the time that is left; the rest of its context is not needed. */
export interface Remaining {
  getRemainingTimeInMillis(): number;
}

/** What bounds the work on an event. */
export interface Bounds {
  /** When the last statement has to be over, on the clock of `performance.now()`. @default - never */
  readonly deadline?: number;
  /** Aborted when the time is up: connections are to be closed. */
  readonly signal: AbortSignal;
}

/** In milliseconds before the function's end: the server gives up a statement first, so that it can be told which one. */
const STATEMENTS_END = 20_000;
const ANSWER = 10_000;

const RUN_AGAIN =
  'Each step takes effect as a whole or not at all; the next run continues where this one stopped. Deploy again, or use the command line: npx umami-db --help.';

/**
 * Answers before Lambda ends the function: an answer says what happened, and a function that is ended leaves a connection
 * behind that holds locks.
 *
 * @param remaining without it, as outside of Lambda, nothing is bounded
 * @param advice what the error says to do
 * @throws ProvisionError when the time is up
 */
export async function inTime<T>(
  remaining: Remaining | undefined,
  work: (bounds: Bounds) => Promise<T>,
  advice = RUN_AGAIN,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  if (!remaining) return work({ signal });
  const left = remaining.getRemainingTimeInMillis();
  const deadline = performance.now() + left - STATEMENTS_END;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(left / 1000);
      reject(new ProvisionError(`It was not done in the ${seconds} seconds that the function has. ${advice}`));
      controller.abort();
    }, left - ANSWER);
  });
  try {
    return await Promise.race([work({ deadline, signal }), late]);
  } finally {
    clearTimeout(timer);
  }
}
