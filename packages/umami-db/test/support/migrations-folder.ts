import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../runtime/migrations/further-file';
import { migrations, statementsOf } from '../../runtime/migrations/index';
import { checksums } from '../../runtime/migrations/ledger';

/** Scripts by the name of their migration. */
export type Scripts = Readonly<Record<string, string>>;

/** What the migrations of the package would be as files: Umami's own text is not in this repository. */
export const KNOWN: Scripts = Object.fromEntries(
  migrations.map((migration) => {
    const statements = statementsOf(migration, { administratorPasswordHash: 'theirs' });
    return [migration.name, statements.map((sql) => `${sql.trim()};\n`).join('\n')];
  }),
);

/** Lets the files above pass for Umami's own, for the rest of a test file. */
export function expectKnown(): void {
  for (const [name, script] of Object.entries(KNOWN)) (checksums as Map<string, string>).set(name, sha256(script));
}

/** A release that does not exist, in the words of Prisma. */
export const UMAMI_36: Scripts = {
  '27_add_goal': `-- CreateTable
CREATE TABLE "goal" (
    "goal_id" UUID NOT NULL,
    "website_id" UUID NOT NULL,
    "name" VARCHAR(100) NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "goal_pkey" PRIMARY KEY ("goal_id")
);

-- CreateIndex
CREATE INDEX "goal_website_id_idx" ON "goal"("website_id");
`,
  '28_website_goal': `-- AlterTable
ALTER TABLE "website" ADD COLUMN     "goal_id" UUID;

/* Each website has one; its name; is the website's. */
INSERT INTO "goal" ("goal_id", "website_id", "name") SELECT gen_random_uuid(), "website_id", "name" FROM "website";
UPDATE "website" SET "goal_id" = "goal"."goal_id" FROM "goal" WHERE "goal"."website_id" = "website"."website_id"; -- the end`,
};

/** Copies scripts into a new folder, as `docker cp` does. */
export function migrationsFolder(scripts: Scripts): string {
  const folder = mkdtempSync(join(tmpdir(), 'umami-migrations-'));
  writeFileSync(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  for (const [name, script] of Object.entries(scripts)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'migration.sql'), script);
  }
  return folder;
}
