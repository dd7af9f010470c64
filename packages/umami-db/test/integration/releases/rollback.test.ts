import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { describe, expect } from 'vitest';
import { connect } from '../../../runtime/connection/connect';
import { type RollbackInput, rollback } from '../../../runtime/provision/rollback';
import type { Target } from '../../../runtime/target/target';
import { type Application, PASSWORD } from '../application';
import { migrateByContainer } from '../container';
import { onDifferingReleases, onEveryRelease } from './on-every-release';

/** What the tests do with an application. */
function actionsOn(application: Application) {
  const visited: string[] = [];
  const connectTo = async (database: string): Promise<Client> => {
    visited.push(database);
    return connect({ ...application.administrator, database });
  };
  return {
    visited,
    run: async (input: Partial<RollbackInput> = {}, differing: Partial<Target> = {}) =>
      rollback(await application.administer(), { ...application.target, ...differing }, { connectTo, ...input }),
    remains: () => application.remains(),
  };
}

describe('a rollback', () => {
  for (const tablesOwner of ['administrator', 'umami'] as const)
    onEveryRelease(`removes all of it where the owner is the ${tablesOwner}`, async (application) => {
      const { run, remains, visited } = actionsOn(application);
      await application.provision({ tablesOwner });
      expect(await run({ dryRun: true })).toMatchObject({ removed: { length: 3 } });
      expect(await remains()).toHaveLength(3);
      const report = await run();

      expect(report).toEqual({
        removed: ['schema umami', 'schema umami_migrations', `database role ${application.target.databaseRole}`],
        kept: [],
      });
      expect([await remains(), visited]).toEqual([[], []]);
      expect(await application.query('select count(*)::int as orders from app.orders')).toEqual([{ orders: 1 }]);
      expect(await run()).toEqual({ removed: [], kept: [] });
    });

  onEveryRelease('finds grants in other databases, and visits no other', async (application) => {
    const { run, remains, visited } = actionsOn(application);
    await application.provision();
    const { databaseRole } = application.target;
    const other = `other_${randomUUID().slice(0, 8)}`;
    await application.query(`create database ${other} owner ${application.administrator.user}`);
    const client = await connect({ ...application.administrator, database: other });
    await client.query(`create table of_the_application (); grant select on of_the_application to ${databaseRole}`);
    const report = await run();

    expect(report.removed).toContain(`grants in database ${other}`);
    expect([await remains(), visited]).toEqual([[], [other]]);
    expect((await client.query('select count(*)::int from of_the_application')).rows).toEqual([{ count: 0 }]);
    await client.end();
    await application.query(`drop database ${other} with (force)`);
  });

  onDifferingReleases('is refused while Umami is connected, unless forced', async (application) => {
    const { run, remains } = actionsOn(application);
    await application.provision();
    const umami = await application.signIn(application.target.databaseRole, PASSWORD);
    await expect(run()).rejects.toThrow('has 1 open connections. Nothing was changed.');
    expect(await remains()).toHaveLength(3);
    await run({ force: true });

    expect(await remains()).toEqual([]);
    await expect(umami.query('select 1')).rejects.toThrow();
  });

  onDifferingReleases("is refused while somebody else's things depend on it", async (application) => {
    const { run, remains } = actionsOn(application);
    await application.provision();
    await application.query('create view app.sites as select name from umami.website');
    await expect(run()).rejects.toThrow('other objects depend on');
    expect(await remains()).toHaveLength(3);
    await application.query('drop view app.sites; create table umami.mine ()');
    await expect(run()).rejects.toThrow("holds more than Umami's tables: table mine");
    await application.query('drop table umami.mine');
    await application.query(
      `create table app.theirs (); alter table app.theirs owner to ${application.target.databaseRole}`,
    );
    await expect(run()).rejects.toThrow("owns objects that are not Umami's: 1 in");
    expect(await remains()).toHaveLength(3);
  });

  onDifferingReleases("leaves another stack's alone", async (application) => {
    const { run, remains } = actionsOn(application);
    await application.provision();

    expect(await run({}, { owner: { name: 'Other/prod', id: 'umami-1' } })).toMatchObject({ removed: [] });
    expect(await run({}, { owner: { name: 'Stack/test', id: 'umami-2' } })).toMatchObject({ removed: [] });
    expect(await remains()).toHaveLength(3);
  });

  onDifferingReleases(
    'leaves a schema that took the place of its own alone, and removes the rest',
    async (application) => {
      const { run } = actionsOn(application);
      await application.provision();
      const other = `other_${application.target.databaseRole}`;
      await application.query(`drop schema umami cascade; create role ${other};
      create schema umami; create table umami.theirs (); alter table umami.theirs owner to ${other};
      grant ${other} to ${application.administrator.user}`);
      const kept = ['schema umami: has no ownership comment'];
      const removed = ['schema umami_migrations', `database role ${application.target.databaseRole}`];
      expect(await run({ dryRun: true })).toEqual({ removed, kept });
      expect(await run()).toEqual({ removed, kept });
      const owners = `select pg_get_userbyid(relowner) as owner from pg_class where oid = 'umami.theirs'::regclass`;
      expect(await application.query(owners)).toEqual([{ owner: other }]);
      await application.query(`revoke ${other} from ${application.administrator.user}`);

      expect(await run()).toEqual({ removed: [], kept });
    },
  );

  onDifferingReleases('names the extension that keeps the schema: others may use it', async (application) => {
    const { run, remains } = actionsOn(application);
    const container = await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
    await application.provision({ adopt: true });
    const move = 'alter extension "pgcrypto" set schema public';
    for (const dryRun of [true, false])
      await expect(run({ dryRun })).rejects.toThrow(
        `Schema umami holds extension pgcrypto, which all of the database can use. Nothing was changed. Let a superuser, or its owner ${container.role}, run: ${move}; and then try again.`,
      );
    expect(await remains()).toHaveLength(3);
    await application.query(move);
    await run();

    expect(await remains()).toEqual([]);
    expect(await application.query(`select extname from pg_extension where extname = 'pgcrypto'`)).toHaveLength(1);
  });
});
