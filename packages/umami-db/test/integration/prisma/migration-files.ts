import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { statementsOf } from '../../../runtime/migrations/index';
import { checksums } from '../../../runtime/migrations/ledger';
import { migrationsOf } from '../../../runtime/migrations/releases';

/** What lies in a folder of Umami's container, by its name. */
export interface MigrationFile {
  readonly name: string;
  /** Text of its migration.sql. */
  readonly sql: string;
}

/** Folder of Umami's own migrations, where its source is at hand; then they take the place of ours. */
const { UMAMI_MIGRATIONS: folder } = process.env;

/** The migrations that a release of Umami brings, each as one script. */
export function migrationFiles(umamiVersion?: string): MigrationFile[] {
  return migrationsOf(umamiVersion).map(({ name, statements }) => ({
    name,
    sql: folder === undefined ? scriptOf({ name, statements }) : ofUmami(folder, name),
  }));
}

/** As Umami's own, which asks for an extension first that it does not need. */
function scriptOf(migration: { name: string; statements: readonly string[] }): string {
  const sent = statementsOf(migration, { administratorPasswordHash: 'theirs' });
  const statements = migration.name === '01_init' ? ['CREATE EXTENSION IF NOT EXISTS "pgcrypto"', ...sent] : sent;
  return statements.map((statement) => `${statement};\n`).join('');
}

function ofUmami(directory: string, name: string): string {
  const sql = readFileSync(join(directory, name, 'migration.sql'));
  if (createHash('sha256').update(sql).digest('hex') !== checksums.get(name))
    throw new Error(`\`UMAMI_MIGRATIONS\` must hold the migrations of Umami 3.4, got another text of ${name}.`);
  return sql.toString();
}
