import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Report } from '@user-metrics/foundation/report';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { main } from '../../lib/src/cli';
import { contentOf, urlOf } from '../support/given-server';
import { RehearsalProcesses } from '../support/rehearsal-process';

let rehearsals: RehearsalProcesses;
beforeEach(() => {
  rehearsals = new RehearsalProcesses();
});
afterEach(() => rehearsals.remove());

/** Without an account: that has tests of its own. */
const rehearsal = (...args: string[]) => rehearsals.run('--fast', ...args);

/** The same in the process of the test. */
async function inThisProcess(...args: string[]) {
  vi.stubEnv('TMPDIR', rehearsals.folder);
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const print = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const code = await main(['--fast', '--output', join(rehearsals.folder, 'report'), ...args]);
    return { code, error: write.mock.calls.map(([text]) => text).join(''), left: await rehearsals.left() };
  } finally {
    write.mockRestore();
    print.mockRestore();
    vi.unstubAllEnvs();
  }
}

/** The last line of the table of a rehearsal without an account in which all went well. */
const ALL_WELL = /^16 pass, \d+ skipped, \d+ needs a real account$/;

test('does the main job without an AWS client, writes both reports, and leaves nothing else behind', async () => {
  rehearsals.remove();
  const preload = join(__dirname, '..', 'support', 'loaded-modules.cjs');
  rehearsals = new RehearsalProcesses({ NODE_OPTIONS: `--require ${preload}` });
  const { code, out, left } = await rehearsal();
  expect(out.trim().split('\n').at(-1)).toMatch(ALL_WELL);
  expect([code, left]).toEqual([0, []]);
  const { checks } = JSON.parse(readFileSync(rehearsals.report('report.json'), 'utf8')) as Report;
  expect(checks.slice(0, 16).map(({ status }) => status)).toEqual(Array(16).fill('pass'));
  expect(Object.keys(checks[0] ?? {})).toEqual(['id', 'title', 'status', 'evidence']);
  expect(existsSync(rehearsals.report('report.html'))).toBe(true);
  const skipped = checks.filter(({ status }) => status === 'skipped');
  expect(skipped.length).toBeGreaterThan(30);
  expect(new Set(skipped.map(({ evidence }) => evidence))).toEqual(new Set(['Left out by --fast']));
  const modules = readFileSync(join(rehearsals.folder, 'own-modules'), 'utf8').split('\n');
  expect(modules.some((file) => file.includes('/listr2/'))).toBe(true);
  expect(modules.filter((file) => file.includes('@aws-sdk/client-'))).toEqual([]);
});

test('fails with exit code 1 and the reason when a check fails, and still writes the report', async () => {
  const config = join(rehearsals.folder, 'own-foundation.config.ts');
  const folder = join(__dirname, '..', '..', '..', 'foundation');
  // The schema of the application has no ownership comment: the function must refuse it.
  const text = readFileSync(join(folder, 'foundation.config.ts'), 'utf8')
    .replace("'../../sst/observability/tags'", `'${join(folder, '../../sst/observability/tags')}'`)
    .replace("'@user-metrics/foundation'", `'${join(folder, 'lib/src/index.js')}'`)
    .replace("owner: 'none',", "owner: 'none', schema: 'application',");
  writeFileSync(config, text);
  const { code, out, error } = await rehearsal('--config', config, '--json');
  expect(code).toBe(1);
  expect(error).toContain('Schema application exists and has no ownership comment: nothing was changed.');
  expect(error).not.toMatch(/^\s+at /m);
  const { checks } = JSON.parse(out) as { checks: { id: string; status: string }[] };
  expect(checks.find(({ id }) => id === 'function.create')?.status).toBe('fail');
  expect(checks.find(({ id }) => id === 'database.catalog')?.status).toBe('waiting');
});

describe('with a server of the user', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  const url = (password?: string) => urlOf(server, password);

  test('does the main job there and removes everything again', async () => {
    const before = await contentOf(server);
    const { code, out } = await rehearsal('--database-url', url());
    expect(out.trim().split('\n').at(-1)).toMatch(ALL_WELL);
    expect(code).toBe(0);
    expect(await contentOf(server)).toEqual(before);
  });

  test('fails in one sentence for a wrong password', async () => {
    const { code, error, left } = await inThisProcess('--database-url', url('wrong'));
    expect([code, left]).toEqual([1, []]);
    expect(error).toContain(
      'refuses user postgres: password authentication failed for user "postgres". Check the password',
    );
    expect(error).not.toContain('wrong');
    expect(error).not.toMatch(/^\s+at /m);
  });

  test('fails in one sentence for a CA certificate that did not sign that of the server', async () => {
    const { code, error } = await inThisProcess(
      '--database-url',
      `postgresql://postgres:x@localhost:${server.port}/postgres`,
    );
    expect(code).toBe(1);
    expect(error).toMatch(/The certificate of localhost:\d+\/postgres is not trusted/);
  });
});

describe('fails in one sentence', () => {
  test('when the port is in use', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const { port } = squatter.address() as { port: number };
    const { code, error, left } = await inThisProcess('--port', String(port));
    squatter.close();
    expect([code, left]).toEqual([1, []]);
    expect(error).toContain(`PostgreSQL cannot use port ${port} of 127.0.0.1: something listens there already.`);
  });

  test.each([
    [['--postgres', '12'], 'Allowed choices are 14, 15, 16, 17, 18'],
    [['--port', 'many'], 'It must be a port: 1 to 65535.'],
    [['--postgres', '16', '--database-url', 'postgresql://x'], 'cannot be used with option'],
    [['--aws-endpoint', 'http://10.0.0.1:4566'], 'It must be the URL of an emulator on this machine'],
    [['--aws-endpoint', 'https://s3.us-east-1.amazonaws.com'], 'It must be the URL of an emulator on this machine'],
    [['--aws-endpoint', 'http://127.0.0.1.example.com:4566'], 'It must be the URL of an emulator on this machine'],
    [['--aws-endpoint', '127.0.0.1:4566'], 'It must be the URL of an emulator on this machine'],
  ])('for %j, with exit code 2', async (args, message) => {
    const { code, error } = await inThisProcess(...args);
    expect([code, error.includes(message)], error).toEqual([2, true]);
  });

  test('for a stage that there is not, with exit code 2', async () => {
    const { code, error } = await inThisProcess('--stage', 'nope');
    expect([code, error]).toEqual([2, expect.stringContaining('There is no stage nope. The configuration has: dev.')]);
  });
});
