/** Time before the first progress line, and between two of them, in milliseconds. */
const EVERY = 2000;

/** Says on the error output how far a long check is. */
export function showProgress(): { count(resources: number): void; stop(): void } {
  let resources = 0;
  const timer = setInterval(() => process.stderr.write(`${resources} resources read …\n`), EVERY);
  return {
    count(sofar) {
      resources = sofar;
    },
    stop: () => clearInterval(timer),
  };
}
