import { sayMeanwhile } from './meanwhile';

/** What a command prints: the result on stdout, everything on the way on stderr. */
export class Output {
  private readonly started = performance.now();
  private migration: string | undefined;

  constructor(private readonly json: boolean) {}

  /** A line on the way, with the seconds since the beginning. */
  progress(text: string): void {
    const seconds = ((performance.now() - this.started) / 1000).toFixed(1).padStart(6);
    process.stderr.write(`${seconds} s  ${text}\n`);
  }

  onStep = (step: string, milliseconds: number): void => this.progress(`${step}: done in ${milliseconds} ms`);

  onMigration = (migration: string, statement: number, statements: number): void => {
    if (migration === this.migration) return;
    this.migration = migration;
    this.progress(`${migration} (statement ${statement + 1} of ${statements})`);
  };

  /** While one statement takes its time, a line every ten seconds says that it goes on. */
  async whileRunning<T>(work: () => Promise<T>): Promise<T> {
    return await sayMeanwhile(work(), 10_000, () => this.progress(`still at ${this.migration ?? 'it'} …`));
  }

  result(value: object, lines: readonly string[]): void {
    process.stdout.write(this.json ? `${JSON.stringify(value, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''));
  }
}
