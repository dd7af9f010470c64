import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../migrations/further-file';
import type { FurtherMigration } from '../migrations/index';
import { checksums } from '../migrations/ledger';
import { checkScript } from './check-script';
import { differenceOf } from './difference';

/** Names as Umami gives them: a number, and what it is about. Both ledgers hold them as text. */
const NAME = /^(\d{2,})_\w{1,200}$/;

const COPY =
  'Copy it out of the image: docker create --name umami <image>; docker cp umami:/app/prisma/migrations migrations; docker rm umami';

/**
 * Reads Umami's own folder `prisma/migrations` of a release that the package does not know yet.
 *
 * @returns the migrations that the package does not have, in order, each with its statements word for word
 * @throws Error that names everything in which the folder is not one of a release of Umami after those that are known,
 *   and each statement that a migration may not have, by file and line
 */
export function readMigrationsFolder(folder: string): FurtherMigration[] {
  const refuse = (wrong: readonly string[], fix = COPY) => {
    const list = wrong.map((line) => `\n  ${line}`).join('');
    return new Error(
      `\`migrations\` must be the folder prisma/migrations of an image of Umami, got: ${folder}.${list}\n${fix}.`,
    );
  };
  const { files, unreadable } = readFiles(folder);
  if (unreadable.length > 0) throw refuse(unreadable);
  const known = [...checksums.keys()];
  const missing = known.filter((name) => !files.has(name));
  if (missing.length === known.length) throw refuse(['None of the migrations of Umami is in it.']);
  const last = known.at(-1) ?? '';
  const names = [...files.keys()].sort();
  const differing = [
    ...missing.map((name) => `${name} is missing`),
    ...known.flatMap((name) => differenceOf(name, files.get(name), checksums.get(name) ?? '')),
    ...names
      .filter((name) => name < last && !checksums.has(name))
      .map((name) => `${name} is extra: it stands before ${last}, and Umami has none of that name`),
  ];
  if (differing.length > 0) throw refuse(differing, fixOf(missing, known));
  const further = names.filter((name) => name > last);
  const misnamed = further.filter((name, index) => Number(NAME.exec(name)?.[1]) !== known.length + index + 1);
  if (misnamed.length > 0)
    throw refuse(
      misnamed.map(
        (name) =>
          `${name} is out of order: expected ${known.length + further.indexOf(name) + 1}_… after ${further[further.indexOf(name) - 1] ?? last}`,
      ),
    );
  const read = further.map((name) => readScript(name, files.get(name) ?? Buffer.of()));
  const refused = read.flatMap((script) => script.refused);
  if (refused.length > 0)
    throw refuse(refused, 'Nothing was changed. Wait for a release of this package that has these migrations');
  return read.map(({ migration }) => migration);
}

function fixOf(missing: readonly string[], known: readonly string[]): string {
  const isOlder =
    missing.length > 0 && missing.every((name, index) => name === known[known.length - missing.length + index]);
  return isOlder
    ? 'A folder of an older release is not needed: leave it out, and give `umamiVersion`'
    : `${COPY}. If it comes from there as it is, please report it`;
}

function readFiles(folder: string): { files: Map<string, Buffer>; unreadable: string[] } {
  const files = new Map<string, Buffer>();
  const unreadable: string[] = [];
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      unreadable.push((error as Error).message);
      return undefined;
    }
  };
  for (const { name } of attempt(() => readdirSync(folder, { withFileTypes: true })) ?? []) {
    const [directory, file] = [join(folder, name), join(folder, name, 'migration.sql')];
    // Beside the migrations there is migration_lock.toml.
    if (lstatSync(directory).isFile()) continue;
    const linked = [directory, file].find((path) => attempt(() => lstatSync(path))?.isSymbolicLink());
    if (linked !== undefined) unreadable.push(`${linked} is a symbolic link: the file itself is needed`);
    else attempt(() => files.set(name, readFileSync(file)));
  }
  return { files, unreadable };
}

function readScript(name: string, bytes: Buffer): { migration: FurtherMigration; refused: string[] } {
  const sql = bytes.toString();
  const { statements, refused } = isText(bytes, sql)
    ? checkScript(sql)
    : { statements: [], refused: ['is not UTF-8 without a byte order mark'] };
  const empty = statements.length + refused.length === 0 ? ['has no statement'] : [];
  return {
    migration: {
      name,
      checksum: sha256(bytes),
      statements: statements.map((statement) => statement.sql),
      lines: statements.map(({ line }) => line),
    },
    refused: [...refused, ...empty].map((reason) => `${name}/migration.sql ${reason}`),
  };
}

function isText(bytes: Buffer, sql: string): boolean {
  return Buffer.from(sql).equals(bytes) && !sql.startsWith('\ufeff');
}
