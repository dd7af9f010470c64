import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { onTerminal, processesWith, terminalProblems } from '@user-metrics/supervisor';

const BIN = join(__dirname, '..', '..', 'bin', 'user-metrics-rehearsal.js');

/** What a rehearsal did. */
export interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
  /** Files, processes and open ports that it has left. */
  readonly left: string[];
}

/** Rehearsals with a temporary folder of their own, so that what they leave behind can be found. */
export class RehearsalProcesses {
  // With characters that mean something in a URL, which a path is not.
  readonly folder = mkdtempSync(join(tmpdir(), 'rehearsal %23#?-'));
  private readonly said: string[] = [];

  constructor(private readonly environment: NodeJS.ProcessEnv = {}) {
    // PostgreSQL runs as another user when the tests run as root.
    chmodSync(this.folder, 0o755);
  }

  /** File in the folder that the report goes to. */
  report(name: string): string {
    return join(this.folder, 'report', name);
  }

  /** In a pipe, with a relative TMPDIR; on a terminal it is absolute. */
  start(...args: string[]): ChildProcess {
    const TMPDIR = relative(process.cwd(), this.folder);
    return this.spawn(process.execPath, [BIN, '--output', join(this.folder, 'report'), ...args], 'ignore', { TMPDIR });
  }

  /** On a terminal, where each line that is written to `stdin` is typed: `\x03` is Ctrl-C. */
  startOnTerminal(...args: string[]): ChildProcess {
    const command = [process.execPath, BIN, '--output', join(this.folder, 'report'), ...args];
    const child = this.spawn('python3', onTerminal(command), 'pipe');
    child.stdout?.on('data', (text: string) => this.said.push(text));
    return child;
  }

  /** The rehearsal itself, on its terminal. */
  get pid(): number {
    const found = processesWith(this.folder).find((line) => line.includes(`: ${process.execPath} ${BIN}`));
    return Number(/\d+/.exec(found ?? '')?.[0]);
  }

  private spawn(
    command: string,
    args: readonly string[],
    stdin: 'ignore' | 'pipe',
    { TMPDIR = this.folder }: NodeJS.ProcessEnv = {},
  ): ChildProcess {
    const child = spawn(command, args, {
      stdio: [stdin, 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR, NO_COLOR: '1', ...this.environment },
    });
    child.stdout?.setEncoding('utf8');
    child.stderr?.setEncoding('utf8').on('data', (text: string) => this.said.push(text));
    return child;
  }

  /** Everything that was told about progress up to now. */
  get progress(): string {
    return this.said.join('');
  }

  async run(...args: string[]): Promise<Outcome> {
    const child = this.start(...args);
    let [out, error] = ['', ''];
    child.stdout?.on('data', (text) => (out += text));
    child.stderr?.on('data', (text) => (error += text));
    const [code] = await once(child, 'close');
    return { code, out, error, left: await this.left() };
  }

  /** What lies in the folder besides the report, processes, open ports, and what is wrong with the terminal. */
  async left(): Promise<string[]> {
    const files = readdirSync(this.folder).filter((entry) => !/^(report$|own-|node-compile-cache)/.test(entry));
    const ports = [...new Set([...this.progress.matchAll(/(?:on port |127\.0\.0\.1:)(\d+)/g)].map(([, port]) => port))];
    const open: string[] = [];
    for (const port of ports) if (await isOpen(Number(port))) open.push(`port ${port}`);
    return [...files, ...processesWith(this.folder), ...open, ...terminalProblems(this.progress)];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}
