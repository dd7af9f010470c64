import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { ADMIN_SECRET, UMAMI_SECRET } from '../../support/events';
import { environment, type SecretsManager, startSecretsManager } from '../../support/secrets-manager';
import { type Application, makeApplication } from '../application';
import { ANSWERS, makeGate } from '../connection/gate';
import { stateOf } from '../state';
import { isTestAll } from '../tested-releases';
import { type CommandLine, makeCommandLine, type Result, variablesOf } from './command';

let application: Application;
let manager: SecretsManager;
let commandLine: CommandLine | undefined;

beforeEach(async () => {
  [application, manager] = await Promise.all([makeApplication(), startSecretsManager()]);
});

afterEach(async () => {
  commandLine?.close();
  await manager.close();
  await application.close();
});

/** A way to connect, and the place of Umami's secret that goes with it. */
interface Way {
  readonly environment: Record<string, string>;
  readonly connection: readonly string[];
  readonly secret: readonly string[];
}

function url(): string {
  const { host, port, database, user, password } = application.administrator;
  return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
}

const ways: Record<string, () => Way> = {
  'PG*': () => ({
    environment: variablesOf(application.administrator),
    connection: [],
    secret: ['--secret-file'],
  }),
  DATABASE_URL: () => ({ environment: { DATABASE_URL: url() }, connection: [], secret: ['--secret-file'] }),
  'a secret with everything': () => {
    const { host, port, database: dbname, user: username, password } = application.administrator;
    manager.values.set(ADMIN_SECRET, JSON.stringify({ username, password, host, port, dbname, engine: 'postgres' }));
    return {
      environment: environment(manager),
      connection: ['--admin-secret', ADMIN_SECRET],
      secret: ['--secret', UMAMI_SECRET],
    };
  },
  'a secret with user name and password, in the Region of its ARN': () => {
    const { host, port, database, user: username, password } = application.administrator;
    manager.values.set(ADMIN_SECRET, JSON.stringify({ username, password }));
    const { AWS_REGION, ...rest } = environment(manager);
    const where = ['--host', host, '--port', String(port), '--database', database];
    return {
      environment: rest,
      connection: ['--admin-secret', ADMIN_SECRET, ...where],
      secret: ['--secret', UMAMI_SECRET],
    };
  },
};

test('a secret with user name and password goes with the place that PG* name', async () => {
  const { host, port, database, user: username, password } = application.administrator;
  manager.values.set(ADMIN_SECRET, JSON.stringify({ username, password }));
  const place = { PGHOST: host, PGPORT: String(port), PGDATABASE: database };
  commandLine = makeCommandLine(application, { ...environment(manager), ...place });

  expect(await commandLine.run('status', '--admin-secret', ADMIN_SECRET)).toMatchObject({
    code: 0,
    stderr: `Database ${database} at ${host}:${port}, as ${username} (from secret ${ADMIN_SECRET})\n`,
  });
});

/** Everything that must not be seen: by a reader of the output, or in the list of processes. */
function secrets(): string[] {
  const text = manager.values.get(UMAMI_SECRET) ?? (existsSync(file()) ? readFileSync(file(), 'utf8') : '{}');
  const { password, APP_SECRET, TWO_FACTOR_ENCRYPTION_KEY, UMAMI_ADMIN_PASSWORD } = JSON.parse(text);
  return [
    application.administrator.password,
    password,
    APP_SECRET,
    TWO_FACTOR_ENCRYPTION_KEY,
    UMAMI_ADMIN_PASSWORD,
  ].filter((secret) => secret !== undefined);
}

const file = () => commandLine?.secretFile ?? '';

// What all the other tests of commands have, and what differs from another one by the place alone, in test:all only.
const tested = isTestAll ? Object.keys(ways) : ['DATABASE_URL', 'a secret with everything'];

describe.each(tested)('by %s', (name) => {
  test('every command works, does nothing as a dry run, and tells no secret', { timeout: 120_000 }, async () => {
    const way = ways[name]?.() as Way;
    commandLine = makeCommandLine(application, way.environment);
    const secret = way.secret[1] === undefined ? [...way.secret, commandLine.secretFile] : way.secret;
    const seen: string[] = [];
    const started = new Set<string>();
    const run = async (command: string, ...options: string[]): Promise<Result> => {
      const args = [...way.connection, ...options];
      // In one of the ways a process of its own, once for each command: it takes as long as the command itself.
      const isProcess = name === 'DATABASE_URL' && !options.includes('--dry-run') && !started.has(command);
      if (isProcess) started.add(command);
      const asProcess = isProcess ? commandLine?.start(command, ...args).result : undefined;
      const result = (await (asProcess ?? commandLine?.run(command, ...args))) as Result;
      seen.push(result.stdout, result.stderr);
      for (const hidden of secrets()) expect(`${command}: ${result.stdout}${result.stderr}`).not.toContain(hidden);
      return result;
    };
    const json = async (command: string, ...options: string[]) => {
      const { code, stdout } = await run(command, ...options, '--json');
      return { code, ...JSON.parse(stdout) };
    };
    const untouched = async (work: () => Promise<unknown>) => {
      const before = [await stateOf(application), secrets()];
      const result = await work();
      expect([await stateOf(application), secrets()]).toEqual(before);
      return result;
    };

    expect(await untouched(() => json('provision', ...secret, '--dry-run'))).toMatchObject({ code: 0, dryRun: true });
    expect(await untouched(() => json('script', ...secret, '--dry-run'))).toMatchObject({ code: 0, dryRun: true });
    expect(await json('provision', ...secret)).toMatchObject({ code: 0, present: 26 });
    expect(await describeSchema(await application.administer(), 'umami')).toEqual(umami340);
    expect(await untouched(() => json('status'))).toMatchObject({ code: 0, pending: [], problems: [] });
    expect(await untouched(() => json('verify', ...secret))).toMatchObject({ code: 0, holds: true, signIn: 'tried' });
    expect(await untouched(() => json('script', ...secret))).toMatchObject({ code: 0, sql: expect.any(String) });
    expect(await untouched(() => json('rotate', ...secret, '--dry-run'))).toMatchObject({ code: 0, would: 'rotate' });
    const before = secrets();
    expect(await json('rotate', ...secret)).toMatchObject({ code: 0, outcome: 'rotated' });
    expect(secrets()[1]).not.toBe(before[1]);
    expect(secrets().slice(2)).toEqual(before.slice(2));
    expect(await untouched(() => json('rollback', '--dry-run'))).toMatchObject({ code: 0, dryRun: true });
    expect(await json('rollback', '--confirm', application.target.database)).toMatchObject({
      code: 0,
      removed: expect.arrayContaining(['schema umami']),
    });
    expect(await json('status')).toMatchObject({ code: 0, schema: null, databaseRole: null });
    for (const hidden of before) expect(seen.join('')).not.toContain(hidden);
  });
});

test.runIf(existsSync('/proc/self/cmdline'))('the list of processes shows no secret while a command runs', async () => {
  const gate = await makeGate(ANSWERS.silent);
  const { administrator } = application;
  const port = String(gate.port);
  commandLine = makeCommandLine(application, { DATABASE_URL: url().replace(String(administrator.port), port) });
  const { pid, result } = commandLine.start('provision', '--secret-file', commandLine.secretFile);
  await expect.poll(gate.attempts, { timeout: 20_000 }).toBeGreaterThan(0);
  const children = readdirSync(`/proc/${pid}/task`).map((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim(),
  );
  const seen = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  process.kill(pid);
  await result;
  await gate.close();

  expect(seen).toContain('umami-db.js\0provision');
  expect(seen).not.toContain(administrator.password);
  expect(children.filter((child) => child !== '')).toEqual([]);
});

test("the administrator's secret may be rotated while a command runs", async () => {
  const way = ways['a secret with everything']?.() as Way;
  commandLine = makeCommandLine(application, way.environment);
  const { user } = application.administrator;
  await application.query(`alter role ${user} password 'next'`);
  const { result } = commandLine.start('status', ...way.connection);
  await expect.poll(() => manager.requests.length, { timeout: 20_000 }).toBeGreaterThan(1);
  const value = JSON.parse(manager.values.get(ADMIN_SECRET) ?? '');
  manager.values.set(ADMIN_SECRET, JSON.stringify({ ...value, password: 'next' }));

  expect(await result).toMatchObject({ code: 0, stdout: expect.stringContaining('does not exist') });
});

describe('what AWS refuses is said without a stack trace', () => {
  test.each([
    ['no such secret', () => undefined, 1, `There is no secret ${ADMIN_SECRET}`],
    [
      'no permission',
      () => manager.refusals.push({ status: 400, type: 'AccessDeniedException', message: 'User: x is not authorized' }),
      1,
      'AWS refuses: AccessDeniedException: User: x is not authorized',
    ],
  ])('%s', async (_, arrange, code, message) => {
    arrange();
    commandLine = makeCommandLine(application, environment(manager));
    const result = await commandLine.run('status', '--admin-secret', ADMIN_SECRET);

    expect(result).toMatchObject({ code, stderr: expect.stringContaining(message) });
    expect(result.stderr).not.toMatch(/^\s+at /m);
  });

  test('no credentials', async () => {
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...rest } = environment(manager);
    commandLine = makeCommandLine(application, { ...rest, AWS_EC2_METADATA_DISABLED: 'true' });

    expect(await commandLine.run('status', '--admin-secret', ADMIN_SECRET)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^There are no credentials of AWS: [^\n]*\n$/),
    });
  });
});
