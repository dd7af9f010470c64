import { expect, test } from 'vitest';
import { grantConnect, grantUse, grantUseByDefault } from '../../../runtime/sql/privileges';
import { HOSTILE, ORDINARY } from '../../support/hostile-names';

test('the role may use and change the data of its tables, and read the ledger of Prisma', () => {
  expect(grantUse(ORDINARY, 'umami_user')).toEqual([
    'grant usage on schema "umami" to "umami_user"',
    'grant select, insert, update, delete on all tables in schema "umami" to "umami_user"',
    'revoke insert, update, delete on "umami"."_prisma_migrations" from "umami_user"',
  ]);
});

test('privileges name database, schema and role as they are', () => {
  const role = `"ro'le""; drop role x; --"`;
  expect([...grantUse(HOSTILE, HOSTILE.databaseRole), grantConnect(HOSTILE)]).toEqual([
    `grant usage on schema "über%sche\\ma" to ${role}`,
    `grant select, insert, update, delete on all tables in schema "über%sche\\ma" to ${role}`,
    `revoke insert, update, delete on "über%sche\\ma"."_prisma_migrations" from ${role}`,
    `grant connect on database "data""base" to ${role}`,
  ]);
});

test("tables that their owner is going to make are the role's too", () => {
  expect(grantUseByDefault(HOSTILE, 'own"er')).toBe(
    `alter default privileges for role "own""er" in schema "über%sche\\ma" grant select, insert, update, delete on tables to "ro'le""; drop role x; --"`,
  );
});
