import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Command, News } from './supervisor';

/** How long the supervisor may take to stop what it runs, in milliseconds. */
const STOP_TIMEOUT = 15_000;

/** A command that runs in a supervised folder. */
export interface Running {
  /** What it has printed so far. */
  log(): string;
  /** Its exit code, once it has ended. */
  readonly exitCode: Promise<number>;
  hasEnded(): boolean;
}

/** A folder that goes, with whatever runs in it, when this process ends in any way. */
export class SupervisedFolder {
  private readonly supervisor: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor(folder: string) {
    // Detached: Ctrl-C reaches every process of the terminal, and a server has to outlive its clients' last words.
    this.supervisor = fork(join(__dirname, 'supervisor.js'), [folder], { detached: true, stdio: 'ignore' });
    this.ended = once(this.supervisor, 'exit');
  }

  /** A folder that is forgotten must not keep its process alive: from now on it goes with it. */
  unref(): void {
    this.supervisor.unref();
    this.supervisor.channel?.unref();
  }

  /** Starts a command; one at a time. */
  run(command: Command): Running {
    let log = '';
    let ended = false;
    const exitCode = new Promise<number>((resolve) => {
      const listen = (news: News) => {
        if ('output' in news) log += news.output;
        else done(news.exitCode);
      };
      const lost = () => done(1);
      const done = (code: number) => {
        ended = true;
        this.supervisor.off('message', listen).off('exit', lost);
        resolve(code);
      };
      this.supervisor.on('message', listen).on('exit', lost);
      // The folder may have been removed meanwhile: then the command has ended before it began.
      if (this.supervisor.connected) this.supervisor.send(command, (error) => error && done(1));
      else done(1);
    });
    return { log: () => log, exitCode, hasEnded: () => ended };
  }

  /** Stops what runs and removes the folder. May be called twice. */
  async remove(): Promise<void> {
    this.supervisor.ref();
    if (this.supervisor.connected) this.supervisor.disconnect();
    const timer = setTimeout(() => this.supervisor.kill('SIGKILL'), STOP_TIMEOUT);
    await this.ended;
    clearTimeout(timer);
  }
}
