/** Width of a terminal that does not tell its own, such as the one of a CI runner. */
const USUAL_COLUMNS = 80;

/** Gives a terminal that reports 0 columns a usual width: tables and progress would have one character a line. */
export function assumeTerminalWidth(): void {
  for (const stream of [process.stdout, process.stderr]) if (stream.columns === 0) stream.columns = USUAL_COLUMNS;
}

/** For machines and pipes. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** For the person at the terminal. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
