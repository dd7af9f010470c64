import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { TerminalSession } from '@user-metrics/supervisor';
import { afterEach, describe, expect, test } from 'vitest';
import { LOCK } from '../../../runtime/provision/lock';
import { superuser } from '../server';
import { isTestAll } from '../tested-releases';
import { BIN, eachCommandLine } from './command';

const { application, commandLine } = eachCommandLine();
let terminal: TerminalSession | undefined;

afterEach(() => {
  terminal?.close();
  terminal = undefined;
});

type Command = 'provision' | 'verify' | 'rotate' | 'rollback';

const optionsOf = (command: Command) => (command === 'rollback' ? [] : ['--secret-file', commandLine.secretFile]);

function start(command: Command, options: readonly string[] = [], environment = {}): TerminalSession {
  const args = ['--database-role', application.target.databaseRole, ...optionsOf(command), ...options];
  const env = { ...commandLine.environment, ...environment };
  terminal = new TerminalSession([process.execPath, BIN, command, ...args], env);
  return terminal;
}

/** What sessions of the command line wait for in the database; null while they do not. */
async function waits(): Promise<(string | null)[]> {
  const rows = await application.query<{ wait: string | null }>(
    `select wait_event as wait from pg_stat_activity
     where datname = current_database() and application_name like 'user-metrics%'`,
  );
  return rows.map(({ wait }) => wait);
}

async function stop(session: TerminalSession, times = 1): Promise<void> {
  for (let time = 0; time < times; time += 1) session.typeCtrlC();
  expect(await session.exitCode).toBe(130);
  await expect.poll(() => session.left()).toEqual([]);
  // PostgreSQL sees it too: no statement goes on, no lock is held.
  await expect.poll(waits).toEqual([]);
}

/** Makes statements of this kind take without end, until `wake`. */
const sleepAfter = (tag: string) => `
  create function app.sleep() returns event_trigger language plpgsql as 'begin perform pg_sleep(600); end';
  create event trigger sleep on ddl_command_end when tag in ('${tag}') execute function app.sleep()`;
const wake = 'drop event trigger sleep';
const hold = (lock: string) => `begin; ${lock}`;
const release = 'select pg_advisory_unlock_all(); rollback';

interface Phase {
  readonly command: Command;
  readonly options?: (database: string) => string[];
  readonly isProvisioned?: boolean;
  /** SQL that makes the command wait in this phase, and that ends it. */
  readonly by: readonly [string, string];
  /** What its session waits for then. */
  readonly wait: string;
  readonly times?: number;
  /** Whether it is for test:all alone: by default another command waits so, or this one in another phase. @default false */
  readonly isFurther?: boolean;
}

const PHASES: readonly Phase[] = [
  { command: 'provision', by: [`select pg_advisory_lock(${LOCK})`, release], wait: 'advisory', isFurther: true },
  { command: 'provision', by: [sleepAfter('CREATE SCHEMA'), wake], wait: 'PgSleep', isFurther: true },
  { command: 'provision', by: [sleepAfter('CREATE TABLE'), wake], wait: 'PgSleep', times: 2 },
  {
    command: 'verify',
    isProvisioned: true,
    by: [hold('lock umami.website'), release],
    wait: 'relation',
    isFurther: true,
  },
  {
    command: 'rotate',
    isProvisioned: true,
    by: [hold('lock pg_authid in share mode'), release],
    wait: 'relation',
    isFurther: true,
  },
  {
    command: 'rollback',
    options: (database) => ['--confirm', database],
    isProvisioned: true,
    by: [hold('lock umami.website in access share mode'), release],
    wait: 'relation',
    times: 2,
  },
];

describe('Ctrl-C ends a command and its session, leaves nothing half done, and the same command completes later', () => {
  test.each(PHASES.filter(({ isFurther }) => isTestAll || !isFurther))(
    '$command while it waits: $wait',
    async (phase) => {
      const { command, by, wait, times = 1, isProvisioned = false } = phase;
      const options = phase.options?.(application.target.database) ?? [];
      if (isProvisioned) await commandLine.run('provision', ...optionsOf('provision'));
      const before = await application.remains();
      expect(before).toHaveLength(isProvisioned ? 3 : 0);
      const [begin, end] = by;
      // In a connection of its own: within a transaction, what other sessions do is read once.
      const { user = '', password = '' } = superuser(application.target.database);
      const other = await application.signIn(user, String(password));
      await other.query(begin);
      const session = start(command, options);
      await expect.poll(waits, { interval: 20 }).toContain(wait);
      await stop(session, times);

      expect(await application.remains()).toEqual(before);
      await other.query(end);
      const again = await commandLine.run(command, ...optionsOf(command), ...options);
      expect(again).toMatchObject({ code: 0 });
    },
  );

  test('while it connects to a server that says nothing', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const connected = once(silent, 'connection');
    const { port } = silent.address() as AddressInfo;
    const session = start('verify', [], { PGHOST: '127.0.0.1', PGPORT: String(port) });
    await connected;
    await stop(session);
    silent.close();
  });

  test('at the question of rollback', async () => {
    await commandLine.run('provision', ...optionsOf('provision'));
    const before = await application.remains();
    const session = start('rollback');
    await expect.poll(() => session.shown).toContain('Type the name of the database');
    await stop(session);
    expect(session.shown).toContain('\nNothing was removed.');
    expect(await application.remains()).toEqual(before);
  });
});
