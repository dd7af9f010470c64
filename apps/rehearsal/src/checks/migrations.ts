import { ledgerSchema } from '@user-metrics/umami-db/runtime';
import { withAdmin } from '../database/as-admin';
import type { DatabaseUnderTest } from '../database/database-under-test';

/** Migrations of Umami 3.4. */
const MIGRATIONS = 26;

export async function checkMigrations({ checklist, application, schema }: DatabaseUnderTest): Promise<void> {
  const [prisma, nodePgMigrate] = await withAdmin(application, async (admin) => {
    const count = async (table: string) => Number((await admin.query(`select count(*) from ${table}`)).rows[0].count);
    return [
      await count(`${schema}._prisma_migrations where finished_at is not null and rolled_back_at is null`),
      await count(`${ledgerSchema({ schema })}.migrations`),
    ];
  });
  const evidence = `${prisma} in Prisma's ledger, ${nodePgMigrate} in node-pg-migrate's`;
  const isComplete = prisma === MIGRATIONS && nodePgMigrate === MIGRATIONS;
  checklist.verdict('database.migrations', isComplete ? [] : [`${evidence}, instead of ${MIGRATIONS}`], evidence);
}
