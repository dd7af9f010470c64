import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startAccount } from './account';
import { type Figure, time } from './figure';

const RESOURCES = 100_000;
const RUNS = 3;

/** Says on the error output how much memory the process took at most, in kB. */
const PEAK = 'data:text/javascript,process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';

/** `tag-compliance` over a large account, in both modes. */
export async function measureLiveTags(): Promise<Figure[]> {
  const { url, server } = await startAccount(RESOURCES);
  try {
    return [...(await measure(url, 'stacks', [])), ...(await measure(url, '--account', ['--account']))];
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function measure(url: string, mode: string, args: string[]): Promise<Figure[]> {
  const [seconds, peaks]: number[][] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    seconds?.push((await time(async () => peaks?.push(await peakOf(url, args)))) / 1000);
  }
  const what = `tag-compliance, ${RESOURCES.toLocaleString('en')} resources, ${mode}`;
  return [
    { what, unit: 's', limit: 10, values: seconds ?? [] },
    { what: `${what}: memory`, unit: 'MB', limit: 200, values: peaks ?? [] },
  ];
}

async function peakOf(url: string, args: string[]): Promise<number> {
  const folder = dirname(createRequire(__filename).resolve('@user-metrics/tagging/package.json'));
  const command = ['--import', PEAK, join(folder, 'bin', 'tag-compliance.js'), '--json', ...args];
  const env = { ...process.env, ...ENVIRONMENT, AWS_ENDPOINT_URL: url };
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const { compliant } = JSON.parse(stdout).summary;
  if (compliant !== RESOURCES) throw new Error(`tag-compliance must find ${RESOURCES} compliant, got: ${compliant}.`);
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1000;
}

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
};
