/** For machines and pipes. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** For the person at the terminal. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
