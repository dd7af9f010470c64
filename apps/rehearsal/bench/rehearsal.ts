import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '@user-metrics/foundation/report';
import { type Figure, time } from './figure';

const BIN = join(__dirname, '..', '..', 'bin', 'user-metrics-rehearsal.js');
const RUNS = 3;

/** How often memory is measured, in milliseconds. */
const SAMPLE_INTERVAL = 500;

/** The rehearsal after a build, with an account and without one. */
export async function measureRehearsal(): Promise<Figure[]> {
  const fast: number[] = [];
  const whole: Run[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    fast.push((await rehearse('--fast')).seconds);
    whole.push(await rehearse('--require-aws'));
  }
  return [
    { what: 'rehearse --fast, after a build', unit: 's', limit: 30, values: fast },
    { what: 'rehearse, after a build', unit: 's', limit: 90, values: whole.map(({ seconds }) => seconds) },
    { what: 'its first deployment of everything', unit: 's', limit: 10, values: whole.map((run) => run.deployment) },
    {
      what: 'its memory at the most, of all processes',
      unit: 'MB',
      limit: 2000,
      values: whole.map((run) => run.memory),
    },
  ];
}

interface Run {
  readonly seconds: number;
  /** Of the step that deploys everything, in seconds. */
  readonly deployment: number;
  /** Most memory of the process and all that it started, in MB. */
  readonly memory: number;
}

async function rehearse(...args: string[]): Promise<Run> {
  const output = mkdtempSync(join(tmpdir(), 'user-metrics-bench-'));
  try {
    let memory = 0;
    const milliseconds = await time(async () => {
      const child = spawn(process.execPath, [BIN, '--output', output, ...args], { stdio: 'ignore' });
      const sampling = setInterval(async () => {
        memory = Math.max(memory, await memoryOfTree(child.pid ?? 0));
      }, SAMPLE_INTERVAL);
      const [code] = await once(child, 'close').finally(() => clearInterval(sampling));
      if (code !== 0) throw new Error(`The rehearsal ended with exit code ${code}: run \`npx projen rehearse\`.`);
    });
    const { phases } = JSON.parse(readFileSync(join(output, 'report.json'), 'utf8')) as Required<Report>;
    const deployment = phases.find(({ title }) => title === 'Deploy everything')?.milliseconds ?? 0;
    return { seconds: milliseconds / 1000, deployment: deployment / 1000, memory };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

/** Resident memory of a process and all its descendants, in MB. */
async function memoryOfTree(root: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss=']);
  const processes = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [pid: number, parent: number, kilobytes: number]);
  const tree = new Set([root]);
  for (let size = 0; size < tree.size; ) {
    size = tree.size;
    for (const [pid, parent] of processes) if (tree.has(parent)) tree.add(pid);
  }
  return processes.reduce((sum, [pid, , kilobytes]) => sum + (tree.has(pid) ? kilobytes / 1000 : 0), 0);
}
