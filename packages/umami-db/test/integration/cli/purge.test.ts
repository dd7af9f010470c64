import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { insertOldEvents } from '../purge/data';
import { type CommandLine, makeCommandLine } from './command';

let application: Application;
let commandLine: CommandLine;

beforeAll(async () => {
  application = await makeApplication();
  commandLine = makeCommandLine(application);
  await commandLine.run('provision', '--secret-file', commandLine.secretFile);
});

afterEach(() => application.query('truncate umami.website_event, umami.session'));

afterAll(async () => {
  commandLine.close();
  await application.close();
});

const options = () => ['--secret-file', commandLine.secretFile, '--older-than', '2mo'];
const confirmed = () => [...options(), '--confirm', application.target.database];

async function events(): Promise<number> {
  const [row] = await application.query<{ events: number }>('select count(*)::int as events from umami.website_event');
  return row?.events ?? 0;
}

test('it deletes as the database role, once the database is confirmed, and says how many rows and bytes', async () => {
  await insertOldEvents(application, 30, '2020-01-01');
  const { database, databaseRole } = application.target;
  const asked = await commandLine.run('purge', ...options());
  const dry = await commandLine.run('purge', ...options(), '--dry-run');

  expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('This removes data for good') });
  expect(dry.stdout).toMatch(/would be deleted: at most 30 rows of website_event \(0\.0 MB\) from before 20/);
  expect(await events()).toBe(30);
  const { code, stdout, stderr } = await commandLine.run('purge', ...confirmed(), '--json', '--group', 'events');
  expect(code).toBe(0);
  expect(stderr).toContain(`Database ${database} at localhost`);
  expect(stderr).toContain(`as ${databaseRole} (from secret ${commandLine.secretFile})`);
  expect(JSON.parse(stdout)).toMatchObject({
    complete: true,
    tables: [
      { table: 'event_data' },
      { table: 'revenue' },
      { table: 'website_event', rows: 30, bytes: expect.any(Number) },
    ],
  });
  expect(await events()).toBe(0);
});

test('it ends with 4 at its time limit', async () => {
  await insertOldEvents(application, 30, '2020-01-01');
  const { code, stdout } = await commandLine.run('purge', ...confirmed(), '--max-minutes', '0.00001');

  expect([code, stdout]).toEqual([4, expect.stringContaining('Continue by running it again.')]);
});

test('a secret of another schema or database role, or another database in the environment, ends with 2', async () => {
  const other = makeCommandLine(application, { ...commandLine.environment, PGDATABASE: 'elsewhere' });
  const elsewhere = await other.run('purge', ...confirmed());
  other.close();

  expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('name a different database') });
  expect(await commandLine.run('purge', ...confirmed(), '--schema', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is for --schema umami, got: x. If you mean it: --schema 'umami'"),
  });
  expect(await commandLine.run('purge', ...confirmed(), '--database-role', 'x')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`is for --database-role ${application.target.databaseRole}, got: x.`),
  });
});

test('a process that is killed in the middle is continued by the next run', async () => {
  await insertOldEvents(application, 1_000, '2020-01-01');
  const other = await application.administer();
  await other.query('begin; lock table umami.session in share mode');
  const { pid, result } = commandLine.start('purge', ...confirmed());
  while ((await events()) > 0);
  process.kill(pid, 'SIGKILL');
  await result;
  await other.query('rollback');

  const { code, stdout } = await commandLine.run('purge', ...confirmed());
  expect([code, stdout]).toEqual([0, expect.stringContaining('deleted: 1000 rows of session ')]);
});
