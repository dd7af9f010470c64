import { expect, test } from 'vitest';
import { createSchemas, grantPrivileges } from '../../../runtime/sql/privileges';
import { HOSTILE, ORDINARY } from '../../support/hostile-names';

test('the role may use and change the data of its tables, and read the ledger of Prisma', () => {
  expect(grantPrivileges(ORDINARY)).toEqual([
    'grant connect on database "application" to "umami_user"',
    'grant usage on schema "umami" to "umami_user"',
    'grant select, insert, update, delete on all tables in schema "umami" to "umami_user"',
    'revoke insert, update, delete on "umami"."_prisma_migrations" from "umami_user"',
    'alter default privileges in schema "umami" grant select, insert, update, delete on tables to "umami_user"',
  ]);
});

test('privileges name database, schema and role as they are', () => {
  const role = `"ro'le""; drop role x; --"`;
  expect(grantPrivileges(HOSTILE)).toEqual([
    `grant connect on database "data""base" to ${role}`,
    `grant usage on schema "über%sche\\ma" to ${role}`,
    `grant select, insert, update, delete on all tables in schema "über%sche\\ma" to ${role}`,
    `revoke insert, update, delete on "über%sche\\ma"."_prisma_migrations" from ${role}`,
    `alter default privileges in schema "über%sche\\ma" grant select, insert, update, delete on tables to ${role}`,
  ]);
});

test('schemas are the one of Umami and one for the ledger, and neither is in the way when it exists', () => {
  expect(createSchemas(ORDINARY)).toEqual([
    'create schema if not exists "umami"',
    'create schema if not exists "umami_migrations"',
  ]);
  expect(createSchemas({ ...ORDINARY, schema: 'a"b' })).toEqual([
    'create schema if not exists "a""b"',
    'create schema if not exists "a""b_migrations"',
  ]);
});
