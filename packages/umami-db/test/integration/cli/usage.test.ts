import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { type CommandLine, makeCommandLine } from './command';

let application: Application;
let commandLine: CommandLine;

beforeAll(async () => {
  application = await makeApplication();
  commandLine = makeCommandLine(application);
});

afterAll(async () => {
  commandLine.close();
  await application.close();
});

test.each([
  [['provision'], "Umami's secret is missing"],
  [['provision', '--secret', 'arn', '--secret-file', 'file'], "'--secret <arn>' cannot be used with option"],
  [['nonsense'], "unknown command 'nonsense'"],
  [['status', '--connection-limit', 'many'], 'It must be a whole number'],
  [['status', '--port', '70000'], 'It must be a whole number from 1 to 65535.'],
  [['status', '--schema', 'pg_mine'], "The name of the schema must not be one of PostgreSQL's own"],
  [['status', '--umami-version', '9.9'], '--umami-version must be a release of Umami from 2.0 to 3.4'],
  [['status', '--umami-administrator', 'me'], 'Allowed choices are generated, none'],
  [['status', '--ca', '/no/such/file'], 'The CA certificates cannot be read'],
  [['rotate'], "Umami's secret is missing"],
  [['purge', '--older-than', '13mo'], "Umami's secret is missing"],
  [['purge', '--older-than', '13'], 'It must be a number of days, months or years'],
  [['purge', '--older-than', '13mo', '--group', 'users'], 'Allowed choices are replays, events, sessions'],
  [['purge', '--older-than', '13mo', '--max-minutes', '0'], 'It must be a number of minutes above 0'],
  [['purge'], "required option '--older-than <age>' not specified"],
])('a wrong call ends with 2, before a database is asked: %j', async ([command = '', ...options], message) => {
  const { code, stdout, stderr } = await commandLine.run(command, ...options);

  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  ['postgresql://admin:hid den@@host:port/database', 'DATABASE_URL must be a URL'],
  ['postgresql://admin:hidden@host:99999/database', 'DATABASE_URL must be a URL'],
  ['postgresql://admin@host/database', 'The connection is not complete'],
])('a DATABASE_URL that is none ends with 2, and is not repeated: %s', async (url, message) => {
  const other = makeCommandLine(application, { DATABASE_URL: url });
  const { code, stderr } = await other.run('status');
  other.close();

  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(stderr).not.toMatch(/hid ?den|^\s+at /m);
});

describe('what says which database it is', () => {
  const run = async (environment: Record<string, string>, command: string, ...options: string[]) => {
    const { host, port, user, password } = application.administrator;
    const DATABASE_URL = `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/of_the_url`;
    const other = makeCommandLine(application, { DATABASE_URL, ...environment });
    const result = await other.run(command, ...options);
    other.close();
    return result;
  };

  test.each([
    [{ PGDATABASE: 'of_pg' }, 'a different database: of_the_url and of_pg. Unset PGDATABASE, or give --database.'],
    [{ PGHOST: 'h' }, 'a different host: localhost and h. Unset PGHOST, or give --host.'],
    [{ PGPORT: '1' }, /a different port: \d+ and 1\. Unset PGPORT, or give --port\./],
    [{ PGUSER: 'u' }, /a different user: administrator_\w+ and u\. Unset PGUSER\./],
    [{ PGPASSWORD: 'hidden' }, 'a different password. Unset PGPASSWORD.'],
  ])('may not be two things: DATABASE_URL and %j', async (environment, message) => {
    const { code, stderr } = await run(environment, 'rollback', '--confirm', 'of_the_url');

    expect([code, stderr]).toEqual([2, expect.stringMatching(/^DATABASE_URL and PG[A-Z]+ name a different /)]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('hidden');
  });

  test('is decided by an option, and told by every command first', async () => {
    const { database, host, port, user } = application.administrator;
    for (const command of ['status', 'verify', 'rollback']) {
      const { stderr } = await run(
        { PGDATABASE: 'of_pg', PGHOST: 'LocalHost' },
        command,
        '--database',
        database,
        '--json',
      );
      expect(stderr.split('\n')[0]).toBe(`Database ${database} at ${host}:${port}, as ${user} (from DATABASE_URL)`);
    }
  });
});

test.each([
  [[], 'Nothing was removed. See what with --dry-run, and then add: --confirm'],
  [['--confirm', 'other'], '--confirm must be the database that the command is connected to'],
])('rollback without the name of the database ends with 2: %j', async (options, message) => {
  const { code, stdout, stderr } = await commandLine.run('rollback', ...options);

  expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
});

test.each(['99999', 'five'])('a PGPORT that is none ends with 2: %s', async (PGPORT) => {
  const other = makeCommandLine(application, { PGHOST: 'h', PGPORT, PGDATABASE: 'd', PGUSER: 'u', PGPASSWORD: 'p' });
  const { code, stderr } = await other.run('status');
  other.close();

  expect([code, stderr]).toEqual([2, expect.stringContaining('The port must be a whole number from 1 to 65535')]);
});

test.each([
  [
    'provision',
    ['--dry-run', '--secret', '--adopt', '--repair', '--umami-version', '--bridge', '--no-bridge', '--snapshot'],
  ],
  ['status', ['--adopt']],
  ['upgrade-plan', ['--umami-version']],
  ['verify', ['--secret', '--secret-file']],
  ['script', ['--dry-run', '--secret']],
  ['rotate', ['--dry-run', '--secret']],
  ['rollback', ['--dry-run', '--force', '--confirm']],
])('%s has a help text with its options and the exit codes', async (command, options) => {
  const { code, stdout, stderr } = await commandLine.run(command, '--help');

  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Usage: umami-db [\s\S]*Exit codes:/);
  for (const option of [...options, '--json', '--admin-secret', '--host', '--database', '--owner'])
    expect(stdout).toContain(`  ${option} `);
  // A password on a command line is in the list of processes and in the shell's history.
  expect(stdout).not.toMatch(/--\w*password/);
});

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8'));
  const printed = execFileSync(process.execPath, [join(__dirname, '../../../bin/umami-db.js'), '--version']);

  expect(String(printed)).toBe(`${version}\n`);
});

test('a failure with --json is one object on stdout, and the sentence on stderr', async () => {
  await application.query('create schema umami');
  const { code, stdout, stderr } = await commandLine.run(
    'provision',
    '--secret-file',
    commandLine.secretFile,
    '--json',
  );
  await application.query('drop schema umami');

  const { error } = JSON.parse(stdout);
  expect([code, error]).toEqual([1, expect.stringContaining('Schema umami exists and has no ownership comment')]);
  expect(stderr).toContain(error);
});
