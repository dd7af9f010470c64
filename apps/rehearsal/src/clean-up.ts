/** What has to be undone when the rehearsal ends, however it ends; last first. */
export class CleanUp {
  private readonly actions: (() => Promise<unknown> | unknown)[] = [];
  private running: Promise<void> | undefined;

  /** @param tell gets a sentence about each action that failed */
  constructor(private readonly tell: (problem: string) => void = () => {}) {}

  /** Adds what undoes something. */
  add(action: () => Promise<unknown> | unknown): void {
    this.actions.push(action);
  }

  /** Undoes everything, once; what fails does not keep the rest from being undone. */
  run(): Promise<void> {
    this.running ??= this.undo();
    return this.running;
  }

  private async undo(): Promise<void> {
    for (let action = this.actions.pop(); action; action = this.actions.pop()) {
      try {
        await action();
      } catch (error) {
        this.tell(`Something that the rehearsal made could not be removed: ${(error as Error).message}`);
      }
    }
  }
}
