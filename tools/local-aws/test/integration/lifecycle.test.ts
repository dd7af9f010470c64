import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { type LocalAws, LocalAwsError, startLocalAws } from '@user-metrics/local-aws';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { processesOf } from './processes';

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'local-aws-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true, force: true });
});

async function buckets({ endpoint, region, credentials }: LocalAws, create?: string): Promise<(string | undefined)[]> {
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  if (create) await s3.send(new CreateBucketCommand({ Bucket: create }));
  return ((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).map(({ Name }) => Name);
}

test('two at once do not meet; each says what it does, and is gone when it is stopped', async () => {
  const logFile = `${temporary}.log`;
  vi.stubEnv('TMPDIR', temporary);
  const [one, other] = await Promise.all([startLocalAws({ logFile }), startLocalAws()]);
  expect(await buckets(one, 'of-the-one')).toEqual(['of-the-one']);
  expect(await buckets(other)).toEqual([]);
  expect(one.log()).toContain('Running on');
  expect(readFileSync(logFile, 'utf8')).toContain('Running on');
  await other.stop();
  expect(await buckets(one)).toEqual(['of-the-one']);
  await one.stop();
  await one.stop();
  await expect(buckets(one)).rejects.toThrow(/ECONNREFUSED/);
  await expect(one.items()).rejects.toThrow(LocalAwsError);
  expect(readdirSync(temporary)).toEqual([]);
  expect(processesOf(temporary)).toEqual([]);
  rmSync(logFile);
});

/** By default one way that the process can tell of, and one that it cannot. */
const ENDS =
  process.env['USER_METRICS_TEST_ALL'] === 'true'
    ? (['SIGKILL', 'SIGTERM', 'SIGINT', 'return'] as const)
    : (['SIGKILL', 'return'] as const);

describe('ends with the process that started it, and so do its functions', () => {
  test.each(ENDS)('by %s', async (end) => {
    const parent = spawn(process.execPath, [join(__dirname, 'parent.js'), end], {
      env: { ...process.env, TMPDIR: temporary },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(parent.stdout, 'data');
    expect(String(line).trim()).toBe('"hello"');
    // The parent, its supervisor, the emulator and the function; one that returns may have ended by now.
    if (end !== 'return') expect(processesOf(temporary).length).toBeGreaterThanOrEqual(4);
    if (end !== 'return') parent.kill(end);
    if (parent.exitCode === null && parent.signalCode === null) await once(parent, 'exit');
    await expect
      .poll(() => [readdirSync(temporary), processesOf(temporary)], { timeout: 20_000, interval: 200 })
      .toEqual([[], []]);
  });
});

describe('fails and leaves nothing behind', () => {
  beforeEach(() => vi.stubEnv('TMPDIR', temporary));
  afterEach(() => {
    expect(readdirSync(temporary)).toEqual([]);
    expect(processesOf(temporary)).toEqual([]);
  });

  test.each([0, 50, 200])('when the start is interrupted after %i ms', async (milliseconds) => {
    await expect(startLocalAws({ signal: AbortSignal.timeout(milliseconds) })).rejects.toThrow(/timeout/);
  });

  test('when an item is to be left out that there is not', async () => {
    await expect(startLocalAws({ without: ['weather'] })).rejects.toThrow(
      'The local AWS did not start: LOCAL_AWS_WITHOUT names items that there are not: weather',
    );
  });
});
