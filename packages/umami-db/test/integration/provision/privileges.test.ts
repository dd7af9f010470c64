import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type Application, makeApplication, PASSWORD } from '../application';

let application: Application;
let role: Client;

beforeAll(async () => {
  application = await makeApplication();
  await application.provision();
  role = await application.signIn(application.target.databaseRole, PASSWORD);
});

afterAll(() => application.close());

/** Privileges that the role holds, by table of Umami. */
async function privileges(): Promise<Map<string, string[]>> {
  const rows = await application.query<{ relname: string; held: string[] }>(
    `select relname, array_agg(privilege order by place) filter (where has_table_privilege($1, c.oid, privilege)) as held
     from pg_class c cross join unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'])
       with ordinality as all_of_them (privilege, place)
     where relnamespace = 'umami'::regnamespace and relkind = 'r' group by relname`,
    [application.target.databaseRole],
  );
  return new Map(rows.map(({ relname, held }) => [relname, held]));
}

describe('the role', () => {
  test('may use and change the data of all tables of Umami 3.4, and only read the ledger of Prisma', async () => {
    const { _prisma_migrations: ledger, ...tables } = Object.fromEntries(await privileges());

    expect(ledger).toEqual(['SELECT']);
    expect(Object.keys(tables).sort()).toEqual(Object.keys(umami340.tables));
    for (const held of Object.values(tables)) expect(held).toEqual(['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
  });

  test('works with its tables without naming the schema', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    await role.query(`insert into website (website_id, name) values ($1, 'shop')`, [id]);
    await role.query(`update website set name = 'other' where website_id = $1`, [id]);
    const { rows } = await role.query('select name from umami.website where website_id = $1', [id]);
    const { rowCount } = await role.query('delete from website where website_id = $1', [id]);

    expect([rows, rowCount]).toEqual([[{ name: 'other' }], 1]);
  });

  test.each([
    ['delete from _prisma_migrations', 'permission denied for table _prisma_migrations'],
    ['update _prisma_migrations set finished_at = null', 'permission denied for table _prisma_migrations'],
    [
      `insert into _prisma_migrations (id, checksum, migration_name) values ('', '', '')`,
      'permission denied for table _prisma_migrations',
    ],
    ['truncate website', 'permission denied for table website'],
    ['create table umami.mine ()', 'permission denied for schema umami'],
    ['create table public.mine ()', 'permission denied for schema public'],
    ['create schema mine', 'permission denied for database'],
    ['create extension pgcrypto', 'permission denied to create extension'],
    ['alter table website add mine int', 'must be owner of table website'],
    ['drop table website', 'must be owner of table website'],
    ['create index on website (name)', 'must be owner of table website'],
    ['drop schema umami cascade', 'must be owner of schema umami'],
    [`comment on schema umami is ''`, 'must be owner of schema umami'],
    ['select * from app.orders', 'permission denied for schema app'],
    ['insert into app.orders values (2)', 'permission denied for schema app'],
    ['select * from umami_migrations.migrations', 'permission denied for schema umami_migrations'],
    ['create table umami_migrations.mine ()', 'permission denied for schema umami_migrations'],
    ['create role mine', 'permission denied to create role'],
    ['create database mine', 'permission denied to create database'],
    ['select rolpassword from pg_authid', 'permission denied for table pg_authid'],
    ['set role postgres', 'permission denied to set role'],
  ])('fails to %s', async (sql, reason) => {
    await expect(role.query(sql)).rejects.toThrow(reason);
  });

  test('passes on nothing of what it may do', async () => {
    await role.query('grant select on website to public');

    expect(
      await application.query(`select has_table_privilege('public', 'umami.website', 'select') as granted`),
    ).toEqual([{ granted: false }]);
  });

  test('fails to become the administrator', async () => {
    await expect(role.query(`set role ${application.administrator.user}`)).rejects.toThrow(
      'permission denied to set role',
    );
  });
});

test('a table that the administrator makes later can be used at once', async () => {
  const administrator = await application.administer();
  await administrator.query('create table umami.later (id int)');
  await role.query('insert into later values (1); update later set id = 2; delete from later where id = 3');

  expect((await role.query('select id from later')).rows).toEqual([{ id: 2 }]);
  await expect(role.query('truncate later')).rejects.toThrow('permission denied');
  await administrator.query('drop table umami.later');
});

test('a table that the administrator makes elsewhere stays out of reach', async () => {
  const administrator = await application.administer();
  await administrator.query('create table public.later (id int)');

  await expect(role.query('select * from public.later')).rejects.toThrow('permission denied for table later');
  await administrator.query('drop table public.later');
});
