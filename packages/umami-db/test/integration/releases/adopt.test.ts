import { describe, expect } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { PASSWORD } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { stateOf } from '../state';
import { onEveryRelease } from './on-every-release';

const OWNERS = `select distinct tableowner as owner from pg_tables where schemaname like 'umami%'`;

describe('an Umami of a container with its own role', () => {
  onEveryRelease(
    'is adopted: one owner, data kept, both ledgers full, the container goes on',
    async (application, version) => {
      const container = await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
      const report = await application.provision({ adopt: true });

      expect([report.applied.length, report.present]).toEqual([19, 26]);
      const { user } = application.administrator;
      expect(await application.query(OWNERS)).toEqual([{ owner: user }]);
      const { tables } = await describeSchema(await application.administer(), 'umami');
      expect(tables).toEqual(umami340.tables);
      for (const [role, password] of [
        [application.target.databaseRole, PASSWORD],
        [container.role, container.password],
      ] as const) {
        const client = await application.signIn(role, password);
        expect((await client.query('select name from umami.website')).rows).toEqual([{ name: 'kept' }]);
        await expect(client.query('delete from umami._prisma_migrations')).rejects.toThrow('permission denied');
      }
      expect(await application.query('select count(*)::int from umami_migrations.migrations')).toEqual([{ count: 26 }]);
      // No membership is left behind.
      const members = `select 1 from pg_auth_members where roleid = $1::regrole and member = $2::regrole
      and ${Number(version) < 16 ? 'true' : '(inherit_option or set_option)'}`;
      expect(await application.query(members, [container.role, user])).toEqual([]);
      const before = await stateOf(application);
      expect(await startContainer(application)).toEqual([]);
      expect(await startContainer(application, container)).toEqual([]);
      expect(await application.provision({ adopt: true })).toMatchObject({ applied: [], present: 26 });
      expect(await stateOf(application)).toEqual(before);
    },
  );

  onEveryRelease('is refused or adopted when a superuser made its role', async (application, version) => {
    const container = await migrateByContainer(application, { version: '2.15' });
    const { user } = application.administrator;
    if (Number(version) >= 16) {
      const before = await stateOf(application);
      const grant = `grant "${container.role}" to "${user}"`;
      await expect(application.provision({ adopt: true })).rejects.toThrow(
        `Nothing was changed. Let a superuser, or the database role that created ${container.role}, run: ${grant}; and then try again.`,
      );
      expect(await stateOf(application)).toEqual(before);
      await application.query(grant);
    }
    expect(await application.provision({ adopt: true })).toMatchObject({ present: 26 });
    expect(await application.query(OWNERS)).toEqual([{ owner: user }]);
  });

  onEveryRelease(
    'is adopted with its own database role, which then owns nothing and signs in with the new password',
    async (application) => {
      const container = await migrateByContainer(application, { version: '3.0', madeBy: 'administrator' });
      const adopt = () =>
        application.provision({ adopt: true, databaseRole: container.role }, { canSignIn: async () => false });
      // It made its schema and an extension by itself.
      const revoke = `revoke create on database ${application.target.database} from ${container.role}`;
      await expect(adopt()).rejects.toThrow(
        `given rights outside of schema umami: CREATE on database ${application.target.database} (${revoke};)`,
      );
      await application.query(revoke);
      await adopt();

      const client = await application.signIn(container.role, PASSWORD);
      expect((await client.query('select name from website')).rows).toEqual([{ name: 'kept' }]);
      await expect(client.query('create table umami.own ()')).rejects.toThrow('permission denied');
      expect(await application.query(OWNERS)).toEqual([{ owner: application.administrator.user }]);
    },
  );

  onEveryRelease('goes to the role of Umami where that is to own its tables, and back', async (application) => {
    const { databaseRole } = application.target;
    await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
    await application.provision({ adopt: true, tablesOwner: 'umami' });
    const owner = `select distinct tableowner as owner from pg_tables where schemaname = 'umami'`;
    expect(await application.query(owner)).toEqual([{ owner: databaseRole }]);
    const client = await application.signIn(databaseRole, PASSWORD);
    await client.query('create table umami.own (); drop table umami.own; update _prisma_migrations set logs = null');
    expect((await client.query(`show statement_timeout`)).rows).toEqual([{ statement_timeout: '0' }]);
    const before = await stateOf(application);
    await application.provision({ tablesOwner: 'umami' });
    expect(await stateOf(application)).toEqual(before);

    await application.provision();
    expect(await application.query(owner)).toEqual([{ owner: application.administrator.user }]);
    await expect(client.query('update _prisma_migrations set logs = null')).rejects.toThrow('permission denied');
  });
});
