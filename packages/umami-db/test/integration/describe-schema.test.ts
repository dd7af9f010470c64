import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeSchema } from '../../runtime/catalog/describe-schema';
import { emptySchema, type UmamiSchema } from './umami-schema';

let schema: UmamiSchema;

beforeEach(async () => {
  schema = await emptySchema();
  await schema.query(
    'CREATE TABLE page (id int PRIMARY KEY, path varchar(10), seen timestamptz DEFAULT CURRENT_TIMESTAMP)',
  );
  await schema.query('CREATE INDEX page_path_idx ON page (path)');
});

afterEach(async () => {
  await schema.close();
});

test.each([
  'ALTER TABLE page ALTER path TYPE varchar(11)',
  'ALTER TABLE page ALTER path SET NOT NULL',
  'ALTER TABLE page ALTER seen DROP DEFAULT',
  'ALTER TABLE page ADD note text',
  'ALTER TABLE page ADD UNIQUE (path)',
  'ALTER TABLE page ADD CHECK (id > 0)',
  'ALTER TABLE page ADD parent int REFERENCES page',
  'ALTER TABLE page ENABLE ROW LEVEL SECURITY',
  'ALTER INDEX page_path_idx RENAME TO path_idx',
  'ALTER TABLE page RENAME CONSTRAINT page_pkey TO page_key',
  'DROP INDEX page_path_idx',
  'DROP INDEX page_path_idx; CREATE UNIQUE INDEX page_path_idx ON page (path)',
  'DROP INDEX page_path_idx; CREATE INDEX page_path_idx ON page (path DESC)',
  'CREATE TABLE other (id int)',
  'CREATE VIEW other AS SELECT id FROM page',
  'CREATE SEQUENCE other',
  `CREATE TYPE other AS ENUM ('a')`,
])('a description changes with: %s', async (change) => {
  const before = await describeSchema(schema.client, 'umami');
  await schema.query(change);

  expect(await describeSchema(schema.client, 'umami')).not.toEqual(before);
});

test('a description names neither the schema nor its owner', async () => {
  await schema.query('CREATE VIEW umami.paths AS SELECT path FROM umami.page');

  expect(JSON.stringify(await describeSchema(schema.client, 'umami'))).not.toMatch(/umami|postgres/);
});

test('ledgers are left out, and so is what is asked for', async () => {
  const before = await describeSchema(schema.client, 'umami');
  await schema.query(
    'CREATE TABLE _prisma_migrations (id int); CREATE TABLE pgmigrations (id int); CREATE TABLE more (id int)',
  );

  const tables = async (without?: string[]) =>
    Object.keys((await describeSchema(schema.client, 'umami', without && { without })).tables);
  expect(await tables()).toEqual(['more', ...Object.keys(before.tables)]);
  expect(await tables(['page'])).toEqual(['_prisma_migrations', 'more', 'pgmigrations']);
});

test('the order of columns counts unless it is asked to be left out', async () => {
  const both = async () => [
    await describeSchema(schema.client, 'umami'),
    await describeSchema(schema.client, 'umami', { columnsByName: true }),
  ];
  const [inOrder, byName] = await both();
  await schema.query('ALTER TABLE page DROP path; ALTER TABLE page ADD path varchar(10)');
  await schema.query('CREATE INDEX page_path_idx ON page (path)');

  const [inOrderAfter, byNameAfter] = await both();
  expect(inOrderAfter).not.toEqual(inOrder);
  expect(byNameAfter).toEqual(byName);
});

test('the search_path of the client is as before', async () => {
  await describeSchema(schema.client, 'public');

  expect(await schema.query('SHOW search_path')).toEqual([{ search_path: 'umami' }]);
});
