/** Progress of work for the person at the terminal: one line that changes, or a line each where it cannot. */
export class Progress {
  private readonly isTerminal = process.stderr.isTTY === true;
  private done = 0;

  /** @param all how many steps there are */
  constructor(private readonly all: number) {}

  /** One more step is done. */
  step(what: string): void {
    this.done += 1;
    const text = `${this.done} of ${this.all}: ${what}`;
    process.stderr.write(this.isTerminal ? `\r\u001b[K${text}` : `${text}\n`);
  }

  /** The line goes away. */
  end(): void {
    if (this.isTerminal) process.stderr.write('\r\u001b[K');
  }
}
