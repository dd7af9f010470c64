import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, time } from './figure';

const REPOSITORY = join(__dirname, '..', '..', '..', '..');
const RUNS = 3;

async function run(command: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, args, { cwd: REPOSITORY, maxBuffer: 2 ** 26 });
  return stdout;
}

async function repeated(command: string, ...args: string[]): Promise<number[]> {
  const seconds: number[] = [];
  for (let i = 0; i < RUNS; i += 1) seconds.push((await time(() => run(command, ...args))) / 1000);
  return seconds;
}

/** Build and tests with nothing changed. */
export async function measureWarm(): Promise<Figure[]> {
  await run('npx', 'projen', 'build');
  await run('npx', 'projen', 'test');
  return [
    {
      what: 'npx projen build, nothing changed',
      unit: 's',
      limit: 3,
      values: await repeated('npx', 'projen', 'build'),
    },
    { what: 'npx projen test, nothing changed', unit: 's', limit: 3, values: await repeated('npx', 'projen', 'test') },
  ];
}

/** How many packages are compiled again when one line of storage changes: storage, the app, the rehearsal. */
export async function measureOneLine(): Promise<Figure[]> {
  const file = join(REPOSITORY, 'packages', 'storage', 'src', 'index.ts');
  const text = readFileSync(file, 'utf8');
  try {
    // A line that was never there, so that no earlier run has it in the cache.
    writeFileSync(file, `${text}// ${Date.now()}\n`);
    const out = await run('npx', 'nx', 'run-many', '-t', 'compile', '--output-style=static');
    const all = [...out.matchAll(/nx run (\S+):compile/g)].length;
    const cached = [...out.matchAll(/nx run \S+:compile +\[(?:local cache|existing outputs)/g)].length;
    return [
      { what: 'compiled again after one line changed in storage', unit: 'packages', limit: 3, values: [all - cached] },
    ];
  } finally {
    writeFileSync(file, text);
    await run('npx', 'nx', 'run-many', '-t', 'compile');
  }
}
