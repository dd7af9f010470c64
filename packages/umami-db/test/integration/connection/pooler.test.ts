import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../../../runtime/connection/connect';
import { untilWriter } from '../../../runtime/connection/writer';
import { LOCK, withProvisioningLock } from '../../../runtime/provision/lock';
import { startPooler } from '../../support/pooler';
import { eachApplication } from '../application';
import { makeCommandLine } from '../cli/command';
import { superuser } from '../server';
import { stateOf } from '../state';
import { isTestAll } from '../tested-releases';

const application = eachApplication();
let cleanUp: () => void;

afterEach(async () => {
  cleanUp();
});

/** The administrator's connection through a pooler. */
async function through(mode: 'transaction' | 'session', free: number, size?: number) {
  const { user, password, database, ...direct } = application.administrator;
  const pooler = await startPooler({ ...superuser(database), user, password }, mode, free, size);
  cleanUp = pooler.close;
  return { ...direct, user, password, database, ...pooler };
}

const locks = () =>
  application.query(`select pid from pg_locks where locktype = 'advisory' and objid = ${LOCK}
    and database = (select oid from pg_database where datname = current_database())`);

/** Free sessions of a pool, and the most that it has; one of each answer by default, all in test:all. */
const POOLS: readonly (readonly [free: number, size: number | undefined])[] = [
  [0, undefined],
  [3, undefined],
  [0, 1],
];

describe('a pooler in transaction mode', () => {
  test.each(POOLS.filter(([, size]) => isTestAll || size === undefined))(
    'is refused by its cause, again and again, and keeps no lock (%s free sessions of %s)',
    async (free, size) => {
      const pooled = await through('transaction', free, size);
      const commandLine = makeCommandLine({ ...application, administrator: pooled });
      const before = await stateOf(application);

      for (const command of ['provision', 'provision', 'rollback']) {
        const options = command === 'provision' ? ['--secret-file', commandLine.secretFile] : ['--dry-run'];
        const { code, stderr } = await commandLine.run(command, ...options);
        expect(code).toBe(1);
        expect(stderr).toMatch(/^localhost:\d+ is a connection pooler in transaction mode: session \d+ was given/m);
        expect(stderr).toContain('Give the writer endpoint of the cluster (--host and --port)');
      }
      expect(await locks()).toEqual([]);
      expect(await stateOf(application)).toEqual(before);
      commandLine.close();
    },
  );
});

describe('a pooler in session mode', () => {
  test.each(POOLS.filter(([free]) => isTestAll || free === 0))(
    'keeps lock and settings for its client (%s free sessions of %s)',
    async (free, size) => {
      const pooled = await through('session', free, size);
      const client = await untilWriter(() => connect(pooled));

      await withProvisioningLock(client, async () => expect(await locks()).toHaveLength(1));
      expect(await locks()).toEqual([]);
      expect((await client.query('show lock_timeout')).rows).toEqual([{ lock_timeout: '5s' }]);
      await client.end();
    },
  );
});
