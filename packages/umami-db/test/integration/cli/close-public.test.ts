import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Application, makeApplication } from '../application';
import { stateOf } from '../state';
import { type CommandLine, makeCommandLine } from './command';

let application: Application;
let commandLine: CommandLine;
let file: string[];
/** A role of the application, which makes temporary tables as PUBLIC may. */
let worker: string;
let right: string;

beforeEach(async () => {
  application = await makeApplication();
  commandLine = makeCommandLine(application);
  file = ['--secret-file', commandLine.secretFile];
  worker = application.target.databaseRole.replace('umami', 'worker');
  right = `TEMPORARY on database ${application.target.database}`;
  await application.query(`create role ${worker} login password 'x'`);
});

afterEach(async () => {
  commandLine.close();
  await application.close();
});

const makesTemporaryTable = async (user: string, password: string) =>
  (await application.signIn(user, password)).query('create temporary table mine ()');

test('--dry-run says who would be affected, and changes nothing', async () => {
  const before = await stateOf(application);
  const { code, stdout } = await commandLine.run('provision', ...file, '--close-public', right, '--dry-run');

  expect([code, stdout]).toEqual([0, expect.stringContaining(`Would close ${right}, which PUBLIC has: grant temp`)]);
  expect(stdout).toMatch(
    new RegExp(`grant temporary on database \\w+ to .*"${worker}".*; revoke temporary on database`),
  );
  expect(stdout).toMatch(new RegExp(`; .*${worker}.* keeps? it by name; a database role that is made later does not`));
  expect(await stateOf(application)).toEqual(before);
  const json = await commandLine.run('provision', ...file, '--close-public', right, '--dry-run', '--json');
  expect(JSON.parse(json.stdout).closed).toEqual([
    { right, statements: [expect.anything(), expect.anything()], keptBy: expect.arrayContaining([worker]) },
  ]);
});

test('provision closes it: the application goes on, Umami may not', async () => {
  const { code, stdout } = await commandLine.run('provision', ...file, '--close-public', right);
  const { username = '', password = '' } = commandLine.secret();

  expect([code, stdout]).toEqual([0, expect.stringContaining(`Closed: ${right}, which PUBLIC has`)]);
  await makesTemporaryTable(worker, 'x');
  await expect(makesTemporaryTable(username, password)).rejects.toThrow('permission denied to create temporary tables');
  const again = await commandLine.run('provision', ...file, '--close-public', right, '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ closed: [], warnings: [] });
});

test('without it, it stays open, and verify calls it reachable and no fault', async () => {
  await commandLine.run('provision', ...file);
  const { username = '', password = '' } = commandLine.secret();
  await makesTemporaryTable(username, password);

  expect(await commandLine.run('verify')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(`reachable: ${right} by a grant to PUBLIC`),
  });
  expect(await commandLine.run('verify', '--close-public', right)).toMatchObject({
    code: 3,
    stdout: expect.stringContaining('missing: revoke temporary on database'),
  });
});

test('script holds the statements, and applied by hand they do the same', async () => {
  const { stdout } = await commandLine.run('script', ...file, '--close-public', right);
  await (await application.administer()).query(stdout.replace(/^\\.*$/gm, ''));
  const { username = '', password = '' } = commandLine.secret();

  await expect(makesTemporaryTable(username, password)).rejects.toThrow('permission denied to create temporary tables');
  await makesTemporaryTable(worker, 'x');
  expect((await commandLine.run('verify', '--close-public', right)).code).toBe(0);
});

test('rollback does not give it back', async () => {
  await commandLine.run('provision', ...file, '--close-public', right);
  expect(await commandLine.run('rollback', '--confirm', application.target.database)).toMatchObject({ code: 0 });

  expect(
    await application.query(`select has_database_privilege('public', current_database(), 'TEMPORARY') as open`),
  ).toEqual([{ open: false }]);
});

test.each([
  ['TEMP on database x', 2, '--close-public must name rights as the report of isolation prints them'],
  ['CONNECT on database no_such', 1, 'names CONNECT on database no_such, and there is no such thing'],
  ['CONNECT on database postgres', 1, 'names what the administrator may not revoke: CONNECT on database postgres'],
])('%s is refused, before anything is changed', async (wrong, code, message) => {
  const before = await stateOf(application);

  expect(await commandLine.run('provision', ...file, '--close-public', right, '--close-public', wrong)).toMatchObject({
    code,
    stderr: expect.stringContaining(message),
  });
  expect(await stateOf(application)).toEqual(before);
});
