import { expect, test } from 'vitest';
import { inspect } from '../../../runtime/inspection/inspect';
import { migrations, statementsOf } from '../../../runtime/migrations/index';
import { migratedTables } from '../../../runtime/steps/table-locks';
import { makeApplication } from '../application';

test('from each release on, all tables that are locked later are locked first', async () => {
  const application = await makeApplication();
  const client = await application.administer();
  await client.query('create schema umami; set search_path = umami');
  const locked = `select distinct relname as table from pg_locks join pg_class on pg_class.oid = relation
    where pid = pg_backend_pid() and relnamespace = 'umami'::regnamespace and relkind = 'r'
    and mode not in ('AccessShareLock', 'RowShareLock')`;
  const later: string[][] = [];
  for (const [index, migration] of migrations.entries()) {
    const pending = migrations.slice(index);
    const facts = await inspect(client, application.target);
    const [existing, first] = [
      facts.objects.map(({ name }) => name),
      migratedTables({ target: application.target, facts, pending }),
    ];
    await client.query('begin');
    for (const sql of pending.flatMap((each) => statementsOf(each, {}))) await client.query(sql);
    // A table that was dropped is none by now.
    const { rows } = await client.query<{ table: string }>(locked);
    await client.query('rollback');
    const tables = rows.map(({ table }) => table).filter((table) => existing.includes(table));
    later.push(tables.filter((table) => !first.includes(table)));
    await client.query('begin');
    for (const sql of statementsOf(migration, {})) await client.query(sql);
    await client.query('commit');
  }
  await application.close();

  expect(later).toEqual(migrations.map(() => []));
});
