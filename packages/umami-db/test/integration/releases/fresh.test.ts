import { describe, expect } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { checksums } from '../../../runtime/migrations/ledger';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type Application, PASSWORD } from '../application';
import { startContainer } from '../container';
import { stateOf } from '../state';
import { onDifferingReleases, onEveryRelease } from './on-every-release';

/** Takes everything from the administrator that the documentation does not ask for. */
async function limit({ query, target, administrator }: Application): Promise<void> {
  await query(`alter database ${target.database} owner to postgres; alter role ${administrator.user} nocreatedb;
    grant create on database ${target.database} to ${administrator.user}`);
}

describe('an empty server', () => {
  onEveryRelease('gets the schema of Umami 3.4 and both ledgers by a limited administrator', async (application) => {
    await limit(application);
    const report = await application.provision({}, { administratorPasswordHash: 'x' });

    expect([report.applied.length, report.present, report.ahead]).toEqual([26, 26, []]);
    expect(await describeSchema(await application.administer(), 'umami')).toEqual(umami340);
    const ledger = `select migration_name, checksum from umami._prisma_migrations
      where finished_at is not null and started_at is not null and rolled_back_at is null and applied_steps_count = 1
        and logs is null order by 1`;
    expect(await application.query(ledger)).toEqual(
      [...checksums].map(([migration_name, checksum]) => ({ migration_name, checksum })),
    );
    const own = 'select name from umami_migrations.migrations order by id';
    expect(await application.query(own)).toEqual([...checksums.keys()].map((name) => ({ name })));
    expect(await application.query('select username from umami."user"')).toEqual([{ username: 'admin' }]);
  });

  onDifferingReleases('is not changed by the second provisioning', async (application) => {
    await limit(application);
    await application.provision();
    const before = await stateOf(application);

    expect(await application.provision()).toMatchObject({ applied: [], present: 26 });
    expect(await stateOf(application)).toEqual(before);
  });
});

describe("the start of Umami's container", () => {
  onDifferingReleases('has nothing to do, and could not do it', async (application) => {
    await application.provision();
    const before = await stateOf(application);

    expect(await startContainer(application)).toEqual([]);
    expect(await stateOf(application)).toEqual(before);
    const { databaseRole } = application.target;
    const held = `select array_agg(privilege) as held from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE',
        'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
      where has_table_privilege($1, 'umami._prisma_migrations', privilege)`;
    expect(await application.query(held, [databaseRole])).toEqual([{ held: ['SELECT'] }]);
    const owned = 'select 1 from pg_shdepend where refobjid = $1::regrole and deptype = $2';
    expect(await application.query(owned, [databaseRole, 'o'])).toEqual([]);
  });

  onEveryRelease('leaves a role that works with its tables, with its limits', async (application) => {
    await application.provision();
    const { databaseRole } = application.target;
    const umami = await application.signIn(databaseRole, PASSWORD);
    await umami.query(`insert into website (website_id, name) values (gen_random_uuid(), 'shop')`);

    const { rows } = await umami.query(`select name, current_schema() as schema,
      current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle,
      current_setting('max_parallel_workers_per_gather') as parallel from umami.website`);
    expect(rows).toEqual([{ name: 'shop', schema: 'umami', statement: '2min', idle: '1min', parallel: '0' }]);
    for (const statement of [
      'create table umami.own ()',
      'create schema own',
      'update _prisma_migrations set logs = null',
    ])
      await expect(umami.query(statement)).rejects.toThrow('permission denied');
    expect(await application.query('select rolconnlimit from pg_roles where rolname = $1', [databaseRole])).toEqual([
      { rolconnlimit: 30 },
    ]);
  });
});
