import { expect, test } from 'vitest';
import { CREATE_PRISMA_LEDGER, insertPrismaRow } from '../../../runtime/sql/prisma-ledger';

test('the ledger of Prisma names no schema: the search_path decides where it lands', () => {
  expect(CREATE_PRISMA_LEDGER).toMatch(/^\s*create table "_prisma_migrations" \(/);
});

test('a row says that a migration is finished, in one step', () => {
  expect(insertPrismaRow('01_init', 'abc')).toBe(
    'insert into "_prisma_migrations" (id, checksum, finished_at, migration_name, started_at, applied_steps_count)' +
      ` values (gen_random_uuid()::text, 'abc', now(), '01_init', now(), 1)`,
  );
});

test('a row holds name and checksum as they are', () => {
  expect(insertPrismaRow(`it's`, `'); drop table x; --\\`)).toContain(
    `values (gen_random_uuid()::text,  E'''); drop table x; --\\\\', now(), 'it''s', now(), 1)`,
  );
});
