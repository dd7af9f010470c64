import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './figure';

const RUNS = 9;

/** Size of the database function, and the time to load it in a fresh process beside an SDK that is loaded already. */
export async function measureFunction(): Promise<Figure[]> {
  const packageFolder = dirname(createRequire(__filename).resolve('@user-metrics/umami-db/package.json'));
  const file = join(packageFolder, 'assets', 'provision', 'index.js');
  const script = `
    require('@aws-sdk/client-secrets-manager');
    const start = performance.now();
    require(${JSON.stringify(file)});
    console.log(performance.now() - start);`;
  const values: number[] = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: packageFolder });
    values.push(Number(stdout));
  }
  return [
    { what: 'database function, code', unit: 'kB', limit: 240, values: [statSync(file).size / 1000] },
    { what: 'database function, time to load', unit: 'ms', limit: 60, values },
  ];
}
