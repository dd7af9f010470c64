import { expect, test } from 'vitest';
import { type Application, makeApplication } from '../application';

interface Index {
  readonly name: string;
  readonly definition: string;
  readonly oid: number;
}

const indexes = ({ query }: Application) =>
  query<Index>(`select relname as name, pg_get_indexdef(oid) as definition, oid::int from pg_class join pg_index on indexrelid = oid
    where indrelid = 'umami.website_event'::regclass order by 1`);

test('before all rows of a table are updated, its indexes are dropped, and then created as they were', async () => {
  const application = await makeApplication();
  const { query } = application;
  await application.provision({ umamiVersion: '2.9' });
  await query(`create index "of the ""DBA""" on umami.website_event (url_path desc) with (fillfactor = 70) where url_query is null;
    comment on index umami.website_event_session_id_idx is 'a definition does not tell this';
    insert into umami.website_event (event_id, website_id, session_id, url_path)
      select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '/' from generate_series(1, 10)`);
  const before = await indexes(application);

  await application.provision();
  const after = await indexes(application);
  await application.close();
  const same = (one: Index) => after.find(({ name, definition }) => name === one.name && definition === one.definition);

  expect(before.filter((one) => !same(one))).toEqual([]);
  expect(before.filter((one) => same(one)?.oid === one.oid).map(({ name }) => name)).toEqual([
    'website_event_pkey',
    'website_event_session_id_idx',
  ]);
});
