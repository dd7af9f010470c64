import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type LargeAccount, startAccount } from './account';
import { type Figure, time } from './figure';

const RESOURCES = 100_000;
const RUNS = 3;

/** One of this many requests is throttled. The command then slows down by itself. */
const THROTTLING = 500;

/** Says on the error output how much memory the process took at most, in kB. */
export const PEAK = 'data:text/javascript,process.on("exit",()=>console.error("peak "+process.resourceUsage().maxRSS))';

/** `tag-compliance` over a large account with IAM roles, offenders and throttling, in both modes. */
export async function measureLiveTags(): Promise<Figure[]> {
  return [
    ...(await measureIn(await startAccount(RESOURCES), '')),
    ...(await measureIn(await startAccount(RESOURCES, THROTTLING), ', throttled', 30)),
  ];
}

async function measureIn(account: LargeAccount, how: string, limit = 10): Promise<Figure[]> {
  try {
    return [
      ...(await measure(account, `stacks${how}`, [], limit)),
      ...(await measure(account, `--account${how}`, ['--account'], limit)),
    ];
  } finally {
    const { server } = account;
    server.closeAllConnections();
    server.close();
  }
}

async function measure(account: LargeAccount, mode: string, args: string[], limit: number): Promise<Figure[]> {
  const [seconds, peaks]: number[][] = [[], []];
  for (let i = 0; i < RUNS; i += 1) {
    seconds?.push((await time(async () => peaks?.push(await peakOf(account, args)))) / 1000);
  }
  const what = `tag-compliance, ${RESOURCES.toLocaleString('en')} resources, ${mode}`;
  return [
    { what, unit: 's', limit, values: seconds ?? [] },
    { what: `${what}: memory`, unit: 'MB', limit: 200, values: peaks ?? [] },
  ];
}

async function peakOf({ url, offenders, isThrottling, throttled }: LargeAccount, args: string[]): Promise<number> {
  const throttledBefore = throttled();
  const folder = dirname(createRequire(__filename).resolve('@user-metrics/tagging/package.json'));
  const command = ['--import', PEAK, join(folder, 'bin', 'tag-compliance.js'), '--json', ...args];
  const env = { ...process.env, ...ENVIRONMENT, AWS_ENDPOINT_URL: url };
  const child = spawn(process.execPath, command, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const { findings, summary, error } = JSON.parse(stdout);
  if (error !== undefined) throw new Error(`tag-compliance could not read the account: ${error}`);
  const [expected, found] = [
    [RESOURCES - offenders, offenders],
    [summary.compliant, findings.length],
  ];
  if (String(found) !== String(expected))
    throw new Error(
      `tag-compliance must find ${expected.join(' compliant and the offenders ')}, got: ${found.join(' and ')}.`,
    );
  if (isThrottling && throttled() === throttledBefore) throw new Error('No request was throttled.');
  return Number(/peak (\d+)/.exec(stderr)?.[1]) / 1000;
}

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_EC2_METADATA_DISABLED: 'true',
};
