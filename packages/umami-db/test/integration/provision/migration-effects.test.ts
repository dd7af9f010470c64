import { expect, test } from 'vitest';
import { EFFECTS } from '../../../runtime/migrations/effects';
import { migrations, statementsOf } from '../../../runtime/migrations/index';
import { makeApplication } from '../application';

/** From weak to strong, as PostgreSQL calls them in pg_locks; those of a query that only reads are left out. */
const STRENGTH = ['RowExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'AccessExclusiveLock'];
const NAMES = ['ROW EXCLUSIVE', 'SHARE', 'SHARE ROW EXCLUSIVE', 'ACCESS EXCLUSIVE'];

const TABLES = `select oid, relname as table, relfilenode as file from pg_class
  where relnamespace = 'umami'::regnamespace and relkind = 'r'`;

test('each migration locks the tables, and changes the rows, that its entry names', async () => {
  const application = await makeApplication();
  const client = await application.administer();
  await client.query('create schema umami; set search_path = umami');
  const found: Record<string, { locks: object; changed: object }> = {};
  for (const migration of migrations) {
    const { rows: before } = await client.query<{ oid: number; table: string; file: number }>(TABLES);
    await client.query('begin');
    for (const sql of statementsOf(migration, {})) await client.query(sql);
    const { rows: held } = await client.query<{ oid: number; modes: string[] }>(
      'select relation as oid, array_agg(mode) as modes from pg_locks where pid = pg_backend_pid() group by 1',
    );
    const { rows: after } = await client.query<{ oid: number; file: number }>(TABLES);
    await client.query('commit');
    const [locks, changed]: [Record<string, string>, Record<string, string>] = [{}, {}];
    for (const { oid, table, file } of before) {
      const modes = held.find((lock) => lock.oid === oid)?.modes ?? [];
      const strongest = STRENGTH.findLastIndex((mode) => modes.includes(mode));
      if (strongest >= 0) locks[table] = String(NAMES[strongest]);
      const now = after.find((row) => row.oid === oid);
      if (!now) changed[table] = 'drops';
      else if (now.file !== file) changed[table] = 'rewrites';
      else if (modes.includes('RowExclusiveLock')) changed[table] = 'writes';
    }
    found[migration.name] = { locks, changed };
  }
  await application.close();

  const entries = Object.entries(EFFECTS).map(([migration, { locks, rows = {} }]) => {
    const changed = Object.entries(rows).map(([table, how]) => [table, /updates|deletes/.test(how) ? 'writes' : how]);
    return [migration, { locks, changed: Object.fromEntries(changed) }];
  });
  expect(Object.fromEntries(entries)).toEqual(found);
});
