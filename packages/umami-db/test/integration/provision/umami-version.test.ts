import { beforeEach, describe, expect, test } from 'vitest';
import { eachApplication } from '../application';
import { stateOf } from '../state';

const application = eachApplication();

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
    expect(await application.provision({}, { rowLimit: 11 })).toMatchObject({ present: 26 });
  });

  test('migrations that leave large tables alone are applied', async () => {
    await application.provision({ umamiVersion: '2.18' });

    expect(await application.provision({}, { rowLimit: 10 })).toMatchObject({ present: 26 });
  });
});
