/** Width of a terminal that does not tell its own, such as the one of a CI runner. */
const USUAL_COLUMNS = 80;

/** What could not be read, as far as the terminal shows it. */
const SHOWN = 5;

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

/** What could not be read, in a line: a file has all of it. */
export function sayUnread(unread: readonly string[]): void {
  if (unread.length === 0) return;
  const more = unread.length > SHOWN ? `; and ${unread.length - SHOWN} more, in the file` : '';
  say(`Not read: ${unread.slice(0, SHOWN).join('; ')}${more}`);
}
