/** How often a process looks whether the one that started it is still there, in milliseconds. */
const LOOK_INTERVAL = 500;

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Calls back once when this process should end: on Ctrl-C, on a signal, and when the process that started it is gone
 * (`npx projen` passes no signals on). Later signals change nothing: the listeners stay until the watch is ended, because
 * a process without one, and a library that finds no other listener than its own, end at the next signal.
 *
 * @param stop gets the exit code that fits; ends the process when it has cleaned up
 * @returns a function that ends the watch
 */
export function whenAskedToStop(stop: (exitCode: number) => void): () => void {
  const parent = process.ppid;
  const release: (() => void)[] = [];
  let isAsked = false;
  const once = (exitCode: number) => {
    if (isAsked) return;
    isAsked = true;
    stop(exitCode);
  };
  for (const [signal, exitCode] of Object.entries(EXIT_CODES)) {
    const listener = () => once(exitCode);
    process.on(signal, listener);
    release.push(() => process.off(signal, listener));
  }
  const watch = setInterval(() => process.ppid !== parent && once(EXIT_CODES.SIGTERM), LOOK_INTERVAL).unref();
  release.push(() => clearInterval(watch));
  return () => {
    for (const undo of release.splice(0)) undo();
  };
}
