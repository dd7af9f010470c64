import { describe, expect, test } from 'vitest';
import { withProvisioningLock } from '../../../runtime/provision/lock';
import { eachApplication, PASSWORD } from '../application';

const application = eachApplication();

describe('provisionings at the same time', () => {
  test('succeed all, and apply each migration once', async () => {
    const reports = await Promise.all(Array.from({ length: 4 }, () => application.provision()));

    expect(reports.map(({ applied }) => applied.length).sort()).toEqual([0, 0, 0, 26]);
    expect(reports.map(({ present }) => present)).toEqual([26, 26, 26, 26]);
    expect(await application.query('select count(*)::int as rows from umami._prisma_migrations')).toEqual([
      { rows: 26 },
    ]);
    expect(await application.query('select count(*)::int as rows from umami_migrations.migrations')).toEqual([
      { rows: 26 },
    ]);
    await expect(application.signIn(application.target.databaseRole, PASSWORD)).resolves.toBeDefined();
  });

  test('succeed for two stages in one database', async () => {
    const stages = Array.from({ length: 6 }, (_, index) => ({
      schema: `stage_${index}`,
      databaseRole: `${application.target.databaseRole}_${index}`,
      owner: { name: `Stack/${index}`, id: `stage-${index}` },
    }));
    // Once to make them, and once for the moment at which all of them grant at the same time.
    for (const expected of [26, 0]) {
      const reports = await Promise.all(stages.map((stage) => application.provision(stage)));
      expect(reports.map(({ applied }) => applied.length)).toEqual(stages.map(() => expected));
    }
  });
});

describe('the lock', () => {
  test('keeps others waiting until the work is done', async () => {
    const [first, second] = [await application.administer(), await application.administer()];
    const events: string[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const one = withProvisioningLock(first, async () => {
      events.push('first begins');
      await finished;
      events.push('first ends');
    });
    await expect.poll(() => events, { timeout: 20_000 }).toEqual(['first begins']);
    const two = withProvisioningLock(second, async () => events.push('second'));
    await expect.poll(waiting, { timeout: 20_000 }).toBe(1);
    finish();
    await Promise.all([one, two]);

    expect(events).toEqual(['first begins', 'first ends', 'second']);
  });

  test('is given back when the work fails', async () => {
    const [first, second] = [await application.administer(), await application.administer()];
    await expect(withProvisioningLock(first, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');

    await expect(withProvisioningLock(second, async () => 'done', '1s')).resolves.toBe('done');
  });

  test('may be taken within itself, and holds until the outer work is done', async () => {
    const [first, second] = [await application.administer(), await application.administer()];
    await withProvisioningLock(first, async () => {
      await withProvisioningLock(first, async () => {});
      await expect(withProvisioningLock(second, async () => {}, '50ms')).rejects.toThrow();
    });

    await expect(withProvisioningLock(second, async () => 'done', '1s')).resolves.toBe('done');
  });

  test('fails with a sentence when another one takes too long', async () => {
    const [first, second] = [await application.administer(), await application.administer()];
    await withProvisioningLock(first, async () => {
      await expect(withProvisioningLock(second, async () => {}, '50ms')).rejects.toMatchObject({
        name: 'ProvisionError',
        message: expect.stringMatching(
          /^Another provisioning works in this database for more than 50ms\. It is process \d+ of user administrator_\w+, whose last query began at [-\d]+ [:\d]+ UTC\. Wait until it ends, and deploy again\.$/,
        ),
      });
    });
  });

  test('leaves the settings of the connection to its owner', async () => {
    const client = await application.administer();
    await client.query(`set lock_timeout = '7s'`);
    const timeout = () => client.query<{ lock_timeout: string }>('show lock_timeout');

    expect(await withProvisioningLock(client, async () => (await timeout()).rows)).toEqual([{ lock_timeout: '7s' }]);
    expect((await timeout()).rows).toEqual([{ lock_timeout: '7s' }]);
  });

  test('fails with what is wrong when the connection is gone', async () => {
    const client = await application.administer();
    await application.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename = $1`, [
      application.administrator.user,
    ]);

    await expect(withProvisioningLock(client, async () => {})).rejects.toThrow(/terminat|not queryable/);
  });
});

/** How many wait for an advisory lock. */
async function waiting(): Promise<number> {
  const [row] = await application.query<{ count: number }>(
    `select count(*)::int from pg_locks where locktype = 'advisory' and not granted
     and database = (select oid from pg_database where datname = current_database())`,
  );
  return row?.count ?? 0;
}
