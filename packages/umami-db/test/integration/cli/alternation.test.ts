import { beforeEach, expect, test } from 'vitest';
import { eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();
let first: string;
let second: string;

beforeEach(() => {
  first = application.target.databaseRole;
  second = `${first}_clone`;
});

const run = (command: string, ...options: string[]) =>
  commandLine.run(command, '--secret-file', commandLine.secretFile, ...options);

test('two database roles are made on request, known to every command afterwards, and dropped on request', async () => {
  const { stdout: planned } = await run('provision', '--alternating-database-roles', '--dry-run');
  expect(planned).toContain(`create role "${second}" with nologin connection limit 30`);
  expect(await run('provision', '--alternating-database-roles')).toMatchObject({ code: 0 });
  expect(await run('verify')).toMatchObject({ code: 0 });

  const rotated = await run('rotate');
  expect(rotated.stdout).toContain(
    `Database role ${second} has a new password, and signed in with it. Restart Umami's tasks before the next rotation, which changes the password of ${first}: tasks that run go on working as ${first} until then.`,
  );
  expect(commandLine.secret()).toMatchObject({ username: second });
  // The statement that closes a right of PUBLIC affects neither of the two.
  const { reachable } = JSON.parse((await run('verify', '--json')).stdout);
  expect(JSON.stringify(reachable)).toContain('TEMPORARY');
  for (const { affects } of reachable) expect(affects).not.toContain(first);
  expect(await run('verify')).toMatchObject({ code: 0 });
  expect(await run('purge', '--group', 'events', '--older-than', '2mo', '--dry-run')).toMatchObject({ code: 0 });
  expect((await commandLine.run('status')).stdout).toContain(`Database role ${second}: belongs to umami-db (umami-db)`);

  const { code, stderr } = await run('provision', '--no-alternating-database-roles');
  expect([code, stderr]).toEqual([1, expect.stringContaining('--alternating-database-roles is off, but Secret file')]);
  expect(await run('rotate')).toMatchObject({ code: 0 });
  expect(await run('provision', '--no-alternating-database-roles')).toMatchObject({ code: 0 });
  expect(await run('verify')).toMatchObject({ code: 0 });
  expect(await application.query('select from pg_roles where rolname = $1', [second])).toEqual([]);
});

test.each([
  ['a name that leaves no room for the second one', ['--database-role', 'r'.repeat(58)], 'must have at most 57 bytes'],
  ['tables that one of them would own', ['--tables-owner', 'umami'], 'must be false where --tables-owner is umami'],
])('%s is invalid usage', async (_, options, message) => {
  const { code, stderr } = await run('provision', '--alternating-database-roles', ...options);

  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
