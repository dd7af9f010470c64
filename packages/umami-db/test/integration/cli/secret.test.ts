import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { stateOf } from '../state';
import { eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();
let file: string;
let other: string;

beforeEach(async () => {
  file = commandLine.secretFile;
  other = `${file}.other`;
  await commandLine.run('provision', '--secret-file', file);
});

/** Both endpoints of the secret at another host. */
const movedTo = (host: string) => {
  const { DIRECT_DATABASE_URL = '' } = commandLine.secret();
  return { host, DIRECT_DATABASE_URL: DIRECT_DATABASE_URL.replace('@localhost:', `@${host}:`) };
};

const valueWith = (differing: object) => JSON.stringify({ ...commandLine.secret(), ...differing });

describe('where database role and schema are in use', () => {
  test('a secret that is not its secret is refused by every command, and nothing changes', async () => {
    const write = (text: string) => (path: string) => writeFileSync(path, text);
    const ofAnotherServer = valueWith({ ...movedTo('dev.example.com'), password: 'y' });
    const wrong: readonly [make: (path: string) => void, told: RegExp][] = [
      [() => {}, /does not exist or has no value, but database role/],
      [write(readFileSync(file, 'utf8').slice(0, 60)), /holds no username and password/],
      [mkdirSync, /The secret file cannot be read: EISDIR/],
      [write(valueWith({ username: 'x' })), /is the secret of database role x/],
      [write(ofAnotherServer), /is for dev\.example\.com:\d+\/\w+, and its password is not accepted here/],
    ];
    const before = await stateOf(application);
    for (const [index, [make, told]] of wrong.entries()) {
      make(`${other}${index}`);
      for (const command of ['provision', 'provision --dry-run', 'script', 'verify', 'rotate']) {
        const [name = '', ...options] = command.split(' ');
        const { code, stdout, stderr } = await commandLine.run(name, ...options, '--secret-file', `${other}${index}`);
        expect([told, command, code, stdout]).toEqual([told, command, 1, '']);
        if (command !== 'rotate') expect(stderr).toMatch(told);
        expect(stderr).not.toMatch(/^\s+at /m);
      }
    }
    expect(await stateOf(application)).toEqual(before);
  });

  test('an older value of the secret is set with a warning, which a dry run gives too', async () => {
    writeFileSync(other, readFileSync(file, 'utf8'));
    await commandLine.run('rotate', '--secret-file', file);
    const warning = /^Warning: Secret file \S+ holds another password than database role umami_\w+ has: it gets/m;

    for (const dryRun of [['--dry-run'], []])
      expect(await commandLine.run('provision', '--secret-file', other, ...dryRun)).toMatchObject({
        code: 0,
        stdout: expect.stringMatching(warning),
      });
    expect((await commandLine.run('provision', '--secret-file', other)).stdout).not.toMatch(warning);
  });

  test('--new-secret sets a new password and APP_SECRET', async () => {
    const { code } = await commandLine.run('provision', '--secret-file', other, '--new-secret');

    expect(code).toBe(0);
    const { username, password, APP_SECRET } = JSON.parse(readFileSync(other, 'utf8'));
    expect([password, APP_SECRET]).not.toContain(commandLine.secret()['password']);
    await expect(application.signIn(username, password)).resolves.toBeDefined();
  });

  test('a secret with another address is written anew when its password is the right one', async () => {
    writeFileSync(file, valueWith(movedTo('before.example.com')));

    expect((await commandLine.run('provision', '--secret-file', file)).code).toBe(0);
    expect(commandLine.secret()).toMatchObject({ host: 'localhost' });
  });
});

test('the secret of one database role is never replaced by that of another one', async () => {
  const before = commandLine.secret();
  const second = [`${application.target.databaseRole}_2`, '--schema', 'metrics'];
  const { code, stderr } = await commandLine.run('provision', '--secret-file', file, '--database-role', ...second);

  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/is the secret of database role umami_\w+: nothing was changed/),
  ]);
  expect(commandLine.secret()).toEqual(before);
  expect(await application.query(`select from pg_namespace where nspname = 'metrics'`)).toEqual([]);
});

test("Umami's endpoint may be another one; no command without the options changes it", async () => {
  const { port, password } = commandLine.secret();
  const secretFile = ['--secret-file', file];
  const pooler = ['--umami-host', 'pooler.example.com', '--umami-port', '6432'];
  const endpoints = () => {
    const { host, port: ofUmami, DATABASE_URL = '', DIRECT_DATABASE_URL = '' } = commandLine.secret();
    const urls = [DATABASE_URL, DIRECT_DATABASE_URL].map((url) => new URL(url).host);
    return [host, ofUmami, ...urls];
  };
  const pooled = ['pooler.example.com', 6432, 'pooler.example.com:6432', `localhost:${port}`];

  expect((await commandLine.run('provision', ...secretFile, ...pooler)).code).toBe(0);
  expect(endpoints()).toEqual(pooled);
  expect((await commandLine.run('provision', ...secretFile, '--dry-run')).stdout).not.toContain('Would write');
  expect((await commandLine.run('rotate', ...secretFile)).code).toBe(0);
  expect(commandLine.secret()['password']).not.toBe(password);
  expect(endpoints()).toEqual(pooled);
  expect(await commandLine.run('verify', ...secretFile)).toMatchObject({ code: 0 });
  expect((await commandLine.run('provision', ...secretFile, '--umami-host', 'localhost')).code).toBe(0);
  expect(endpoints()).toEqual(['localhost', port, `localhost:${port}`, `localhost:${port}`]);
});
