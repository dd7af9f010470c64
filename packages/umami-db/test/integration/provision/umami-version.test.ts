import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import umami310 from '../../fixtures/catalog-3.1.0.json';
import { type Application, makeApplication, PASSWORD } from '../application';
import { stateOf } from '../state';
import { emptySchema } from '../umami-schema';

let application: Application;

beforeEach(async () => {
  application = await makeApplication();
});

afterEach(() => application.close());

const catalog = async () => describeSchema(await application.administer(), 'umami');

describe('a release of Umami', () => {
  test('is where the migrations stop, and go on later', async () => {
    const report = await application.provision({ umamiVersion: '2.20' });
    expect(report).toMatchObject({ present: 13, ahead: [] });
    const release = await emptySchema();
    await release.migrate('13_add_revenue');
    expect(await catalog()).toEqual(await describeSchema(release.client, 'umami'));
    await release.close();

    expect((await application.provision({ umamiVersion: '3.1' })).applied).toHaveLength(6);
    expect(await catalog()).toEqual(umami310);
  });

  test('may be older than the schema, which is left as it is, and reported', async () => {
    await application.provision();
    const before = await stateOf(application);

    expect(await application.provision({ umamiVersion: '3.0' })).toMatchObject({
      applied: [],
      present: 19,
      ahead: ['15_add_share', '16_boards', '17_remove_duplicate_key', '18_add_performance', '19_add_session_replay'],
    });
    expect(await stateOf(application)).toEqual(before);
  });

  test('that is older is refused where somebody can read the reason', async () => {
    await application.provision();

    await expect(application.provision({ umamiVersion: '3.0' }, { refuseAhead: true })).rejects.toThrow(
      'Schema umami is beyond Umami 3.0: it has 15_add_share, 16_boards',
    );
  });

  test('that does not exist is refused', async () => {
    await expect(application.provision({ umamiVersion: '4.0' })).rejects.toThrow(
      '`umamiVersion` must be a release of Umami from 2.0 to 3.1 or the name of a migration, got: 4.0.',
    );
  });
});

test('a newer Umami is left as it is, and reported', async () => {
  await application.provision();
  await application.query(`create table umami.of_the_future ();
    alter table umami.of_the_future owner to ${application.administrator.user};
    grant select, insert, update, delete on umami.of_the_future to ${application.target.databaseRole};
    insert into umami._prisma_migrations (id, checksum, migration_name, finished_at)
    values ('x', 'x', '20_of_the_future', now())`);
  const before = await stateOf(application);

  expect(await application.provision()).toMatchObject({ applied: [], present: 20, ahead: ['20_of_the_future'] });
  expect(await stateOf(application)).toEqual(before);
  await expect(application.signIn(application.target.databaseRole, PASSWORD)).resolves.toBeDefined();
});

describe('where time is short', () => {
  beforeEach(async () => {
    await application.provision({ umamiVersion: '2.17' });
    await application.query(`insert into umami.website_event (event_id, website_id, session_id, visit_id, url_path)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '/' from generate_series(1, 11)`);
  });

  test('large tables are not rewritten: the command that does it is named', async () => {
    const before = await stateOf(application);
    await expect(application.provision({}, { rowLimit: 10 })).rejects.toThrow(
      /^Table umami.website_event has more than 10 rows, which 08_add_utm_clid and later migrations rewrite: .* Nothing was changed. Run this first, and deploy again: npx umami-db provision .* --owner 'Stack\/test'$/,
    );
    expect(await stateOf(application)).toEqual(before);
  });

  test('tables of as many rows as the limit are', async () => {
    expect(await application.provision({}, { rowLimit: 11 })).toMatchObject({ present: 19 });
  });

  test('migrations that leave large tables alone are applied', async () => {
    await application.provision({ umamiVersion: '2.18' });

    expect(await application.provision({}, { rowLimit: 10 })).toMatchObject({ present: 19 });
  });
});
