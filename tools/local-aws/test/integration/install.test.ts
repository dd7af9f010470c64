import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startLocalAws } from '@user-metrics/local-aws';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { EXTENSION, ministackVersion } from '../../src/extension';
import { emulatorPython } from '../../src/virtual-environment';

const NOBODY = 'http://127.0.0.1:9';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'install-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

// It downloads 92 MB.
test.runIf(process.env['USER_METRICS_TEST_ALL'] === 'true')(
  'it is installed with a word about size and time, and after that needs no network',
  async () => {
    vi.stubEnv('XDG_CACHE_HOME', home);
    const said: string[] = [];
    const python = await emulatorPython((message) => said.push(message), undefined);
    expect(said).toEqual([
      expect.stringMatching(/^Installing MiniStack 1\.\S+ \(92 MB, once, about 10 seconds\) into /),
    ]);
    const { stdout } = await promisify(execFile)(python, [
      '-c',
      'from importlib.metadata import version; print(version("ministack"))',
    ]);
    expect(stdout.trim()).toBe(ministackVersion());
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'PIP_INDEX_URL']) vi.stubEnv(name, NOBODY);
    const aws = await startLocalAws({ onProgress: (message) => said.push(message) });
    await aws.stop();
    expect(said).toHaveLength(1);
    expect(readdirSync(join(home, 'user-metrics'))).toHaveLength(1);
  },
);

test('without a network it says so in one sentence and leaves nothing behind', async () => {
  vi.stubEnv('XDG_CACHE_HOME', home);
  vi.stubEnv('PIP_INDEX_URL', NOBODY);
  vi.stubEnv('PIP_FIND_LINKS', '');
  vi.stubEnv('PIP_NO_CACHE_DIR', '1');
  await expect(startLocalAws()).rejects.toThrow(
    /^MiniStack 1\.\S+ could not be installed from PyPI: [^\n]*\. Is there a network\?$/,
  );
  expect(readdirSync(join(home, 'user-metrics'))).toEqual([]);
});

test('the extension refuses another release of the emulator', async () => {
  const python = await emulatorPython(() => {}, undefined);
  mkdirSync(join(home, 'ministack-9.9.9.dist-info'));
  writeFileSync(join(home, 'ministack-9.9.9.dist-info', 'METADATA'), 'Name: ministack\nVersion: 9.9.9\n');
  const { status, stderr } = spawnSync(python, ['-B', join(EXTENSION, 'launch.py')], {
    env: { PYTHONPATH: home },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr.trim()).toBe(
    `This extension wraps private functions of ministack ${ministackVersion()}, and this is 9.9.9.`,
  );
});
