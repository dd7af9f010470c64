import { describe, expect, test } from 'vitest';
import { migrations as written } from '../../migrations/index';
import { type Sent, sentByRunner } from '../../migrations/sent';
import { migrations, statementsOf } from '../../runtime/migrations/index';
import { PASSWORD_HASH_PLACE, type Seed } from '../../runtime/migrations/seed';
import { createOwnLedger } from '../../runtime/sql/own-ledger';
import { migrationSql, prismaRow } from '../../runtime/steps/migration-sql';

const LEDGER = 'umami_migrations';
const SEEDS: Seed[] = [{}, { administratorPasswordHash: `$2b$10$it's $& \\ '' $1` }];

/** The migrations as they are written, which also write Prisma's ledger. */
const writtenWithRows = written.map(({ name, up }) => ({
  name,
  up: (...[pgm, seed]: Parameters<typeof up>) => {
    up(pgm, seed);
    pgm.sql(prismaRow(name));
  },
}));

describe.each(SEEDS)('what is run with the seed %j is what node-pg-migrate would send', (seed) => {
  test.each([...written.keys()])('after %d migrations', async (applied) => {
    const sent = await sentByRunner(writtenWithRows.slice(applied), { ledgerSchema: LEDGER, hasLedger: true, seed });

    expect(migrations.slice(applied).flatMap((migration) => migrationSql(migration, LEDGER, seed))).toEqual(sent);
    expect(sent.length).toBeGreaterThanOrEqual(3 * (written.length - applied));
  });

  test('in a database without its ledger', async () => {
    const sent = await sentByRunner(writtenWithRows, { ledgerSchema: LEDGER, hasLedger: false, seed });
    const run: Sent[] = migrations.flatMap((migration) => migrationSql(migration, LEDGER, seed));

    expect([{ sql: createOwnLedger(LEDGER) }, ...run]).toEqual(sent);
  });
});

test('the hash of a password has one place, and none is left over', () => {
  const places = migrations
    .flatMap(({ statements }) => statements)
    .join()
    .split(PASSWORD_HASH_PLACE);
  expect(places).toHaveLength(2);
  for (const seed of SEEDS) {
    const sql = migrations.flatMap((migration) => statementsOf(migration, seed)).join();
    expect(sql).not.toContain(PASSWORD_HASH_PLACE);
  }
});
