import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives a command a terminal of its own; what this process reads is typed there. */
const TERMINAL = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** Stays after Ctrl-C, as the shell of a person does, and says what is different on its terminal then. */
const SHELL = `trap : INT; before=$(stty -g); "$@"; code=$?
[ "$(stty -g)" = "$before" ] || echo 'The terminal was left changed'; exit $code`;

const CTRL_C = '\x03';
const HIDE_CURSOR = '\x1b[?25l';
const SHOW_CURSOR = '\x1b[?25h';

/** The arguments of `python3` that run a command on a terminal of its own, which reports 0 columns as those of some CI runners do. */
export function onTerminal(command: readonly string[]): string[] {
  return ['-c', TERMINAL, 'sh', '-c', SHELL, 'sh', ...command];
}

/** What is wrong with a terminal that showed this text. */
export function terminalProblems(shown: string): string[] {
  const isHidden = shown.lastIndexOf(HIDE_CURSOR) > shown.lastIndexOf(SHOW_CURSOR);
  return [
    ...(isHidden ? ['The cursor was left hidden'] : []),
    ...(/^The terminal was left changed/m.test(shown) ? ['The terminal was left changed'] : []),
  ];
}

/** Processes with a text in their command or their environment, but for this one. */
export function processesWith(text: string): string[] {
  const ids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && entry !== String(process.pid));
  const found = ids.filter((id) => ['cmdline', 'environ'].some((name) => read(id, name).includes(text)));
  return found.map((id) => `process ${id}: ${read(id, 'cmdline').replaceAll('\0', ' ')}`);
}

function read(id: string, name: string): string {
  try {
    return readFileSync(`/proc/${id}/${name}`, 'utf8');
  } catch {
    return ''; // It ended meanwhile.
  }
}

/** A command on a terminal, with a temporary folder of its own: what it leaves behind is found. For tests. */
export class TerminalSession {
  /** Its exit code, once it has ended. */
  readonly exitCode: Promise<number>;
  private readonly folder = mkdtempSync(join(tmpdir(), 'on-terminal-'));
  private readonly child;
  private text = '';

  constructor(command: readonly string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn('python3', onTerminal(command), {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], NO_COLOR: '1', ...env, TMPDIR: this.folder },
    });
    this.child.stdin.on('error', () => {}); // It ended meanwhile.
    this.child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.text += text;
    });
    this.exitCode = once(this.child, 'close').then(([code]) => Number(code));
  }

  /** Everything that the terminal has shown. */
  get shown(): string {
    return this.text;
  }

  typeCtrlC(): void {
    this.child.stdin.write(CTRL_C);
  }

  /** Files in its temporary folder, processes, and what is wrong with the terminal. */
  left(): string[] {
    return [...readdirSync(this.folder), ...processesWith(this.folder), ...terminalProblems(this.text)];
  }

  /** Ends what still runs, and removes the folder. */
  close(): void {
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
