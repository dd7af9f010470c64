import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { inspectAndPlan } from '../../../runtime/provision/plan';
import { eachApplication, PASSWORD } from '../application';
import { stateOf } from '../state';

const application = eachApplication();

describe('the second provisioning', () => {
  test('changes nothing', async () => {
    await application.provision({}, { administratorPasswordHash: 'first' });
    const before = await stateOf(application);
    const report = await application.provision({}, { administratorPasswordHash: 'second', password: 'another' });

    expect(report).toMatchObject({ applied: [], present: 26 });
    expect(await stateOf(application)).toEqual(before);
  });

  test('has nothing to do for an administrator who does not own the database either', async () => {
    const { database } = application.target;
    await application.query(`alter database ${database} owner to postgres;
      grant create on database ${database} to ${application.administrator.user}`);
    await application.provision();
    const { sections } = await inspectAndPlan(await application.administer(), application.target, {
      password: PASSWORD,
      canSignIn: async () => true,
    });

    expect(sections.flatMap(({ statements }) => statements)).toEqual([]);
  });

  test('puts back what somebody took away', async () => {
    await application.provision();
    const before = await stateOf(application);
    const { databaseRole, database } = application.target;
    await application.query(`
      revoke all on all tables in schema umami from ${databaseRole};
      revoke usage on schema umami from ${databaseRole};
      alter role ${databaseRole} connection limit 1;
      alter role ${databaseRole} in database ${database} reset all;
      grant insert, update on umami._prisma_migrations to ${databaseRole};
    `);
    expect(await stateOf(application)).not.toEqual(before);
    await application.provision();

    expect(await stateOf(application)).toEqual(before);
  });

  test('makes the role again when it is gone, with the password', async () => {
    await application.provision();
    const { databaseRole } = application.target;
    await application.query(`drop owned by ${databaseRole}; drop role ${databaseRole}`);
    await application.provision();

    const client = await application.signIn(databaseRole, PASSWORD);
    expect((await client.query('select count(*)::int as websites from website')).rows).toEqual([{ websites: 0 }]);
  });

  test('follows other limits, each of which ends what it limits', async () => {
    await application.provision();
    await application.provision({ limits: { connections: 2, statementSeconds: 1, idleInTransactionSeconds: 1 } });

    const signIn = () => application.signIn(application.target.databaseRole, PASSWORD);
    const [one, other] = [await signIn(), await signIn()];
    await expect(signIn()).rejects.toMatchObject({ code: '53300' });
    const idle = once(other, 'error');
    await other.query('begin');
    await expect(one.query('select count(*) from generate_series(1, 1e12)')).rejects.toMatchObject({ code: '57014' });
    expect(await idle).toMatchObject([{ code: '25P03' }]);
  });
});

describe('the settings of the role', () => {
  test('hold in no other database', async () => {
    await application.provision();
    const settings = `select datname from pg_db_role_setting left join pg_database on pg_database.oid = setdatabase
      where setrole = $1::regrole`;

    expect(await application.query(settings, [application.target.databaseRole])).toEqual([
      { datname: application.target.database },
    ]);
  });
});
