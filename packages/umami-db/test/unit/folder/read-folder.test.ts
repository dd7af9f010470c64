import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readMigrationsFolder } from '../../../runtime/folder/read-folder';
import { sha256 } from '../../../runtime/migrations/further-file';
import { expectKnown, KNOWN, migrationsFolder, UMAMI_36 } from '../../support/migrations-folder';

expectKnown();

const RELEASE = { ...KNOWN, ...UMAMI_36 };

/** What is said of a folder that is not one of Umami. */
function refusalOf(folder: string): string {
  try {
    readMigrationsFolder(folder);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

describe('a folder of a newer release', () => {
  test('gives the migrations that the package does not have, with the checksum of their bytes', () => {
    const further = readMigrationsFolder(migrationsFolder(RELEASE));

    expect(further.map(({ name, checksum }) => [name, checksum])).toEqual(
      Object.entries(UMAMI_36).map(([name, script]) => [name, sha256(script)]),
    );
    expect(further.map(({ lines }) => lines)).toEqual([
      [2, 12],
      [2, 5, 6],
    ]);
  });

  test('gives none when it is the release of the package', () => {
    expect(readMigrationsFolder(migrationsFolder(KNOWN))).toEqual([]);
  });
});

describe('a folder that is refused', () => {
  const changed = (name: string, change: (script: string) => string) => ({
    ...RELEASE,
    [name]: change(RELEASE[name] ?? ''),
  });
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(RELEASE).filter(([name]) => !names.includes(name)));

  test.each([
    [
      'another text',
      changed('07_add_tag', (sql) => `${sql}-- `),
      /\n {2}07_add_tag is changed: migration.sql has SHA-256 [0-9a-f]{64}, expected: [0-9a-f]{64}\n/,
    ],
    [
      'CR LF',
      changed('07_add_tag', (sql) => sql.replaceAll('\n', '\r\n')),
      '07_add_tag is changed: its lines end with CR LF: ',
    ],
    [
      'a byte order mark',
      changed('07_add_tag', (sql) => `\ufeff${sql}`),
      '07_add_tag is changed: it begins with a byte order mark: ',
    ],
    [
      'no line feed at the end',
      changed('07_add_tag', (sql) => sql.trimEnd()),
      '07_add_tag is changed: its last line lacks the line feed: ',
    ],
    [
      'a line feed too many',
      changed('07_add_tag', (sql) => `${sql}\n`),
      '07_add_tag is changed: its last line ends with a line feed too many: ',
    ],
    ['a missing one', without('07_add_tag'), '\n  07_add_tag is missing\n'],
    [
      'one between',
      { ...RELEASE, '07b_of_a_fork': 'DROP TABLE a;' },
      '07b_of_a_fork is extra: it stands before 26_add_api_key',
    ],
    ['a gap', without('27_add_goal'), '28_website_goal is out of order: expected 27_… after 26_add_api_key'],
    [
      'a number twice',
      { ...RELEASE, '27_of_a_fork': 'DROP TABLE a;' },
      '27_of_a_fork is out of order: expected 28_… after 27_add_goal',
    ],
    [
      'a name with a quote',
      { ...KNOWN, "27_it's": 'DROP TABLE a;' },
      "27_it's is out of order: expected 27_… after 26_add_api_key",
    ],
    [
      'an older release',
      without('25_add_annotation', '26_add_api_key', ...Object.keys(UMAMI_36)),
      'leave it out, and give `umamiVersion`.',
    ],
    ['nothing', {}, 'None of the migrations of Umami is in it.\nCopy it out of the image: docker create '],
    [
      'a statement outside of the schema',
      changed('28_website_goal', (sql) => `${sql}\n;\nDROP TABLE app.orders;`),
      '\n  28_website_goal/migration.sql line 8: DROP TABLE app.orders: it names app.orders, ',
    ],
    [
      'a further one with a byte order mark',
      changed('27_add_goal', (sql) => `\ufeff${sql}`),
      '27_add_goal/migration.sql is not UTF-8 without a byte order mark\n',
    ],
    [
      'a further one without a statement',
      changed('27_add_goal', () => '-- Nothing;\n'),
      '27_add_goal/migration.sql has no statement\n',
    ],
  ])('has %s', (_, scripts, message) => {
    const folder = migrationsFolder(scripts);
    const refusal = refusalOf(folder);

    expect(refusal.split('\n')[0]).toBe(
      `\`migrations\` must be the folder prisma/migrations of an image of Umami, got: ${folder}.`,
    );
    expect(refusal).toMatch(message);
  });

  test('names all that is wrong at once', () => {
    const refusal = refusalOf(migrationsFolder({ ...changed('01_init', () => ''), '00_before': '' }));

    expect(refusal.split('\n').slice(1, 3)).toEqual([
      expect.stringContaining('01_init is changed'),
      expect.stringContaining('00_before is extra'),
    ]);
  });

  test('has what is not UTF-8', () => {
    const folder = migrationsFolder(RELEASE);
    writeFileSync(join(folder, '27_add_goal', 'migration.sql'), Buffer.from([0x2d, 0x2d, 0xff]));

    expect(refusalOf(folder)).toContain('27_add_goal/migration.sql is not UTF-8');
  });

  test.each([
    [
      'does not exist',
      (folder: string) => rmSync(folder, { recursive: true }),
      'ENOENT: no such file or directory, scandir',
    ],
    [
      'has a migration without its file',
      (folder: string) => rmSync(join(folder, '27_add_goal/migration.sql')),
      'ENOENT: no such file or directory',
    ],
    [
      'has a migration that cannot be read',
      (folder: string) => {
        rmSync(join(folder, '27_add_goal/migration.sql'));
        mkdirSync(join(folder, '27_add_goal/migration.sql'));
      },
      'EISDIR: illegal operation on a directory, read',
    ],
    [
      'has a link instead of a file',
      (folder: string) => {
        renameSync(join(folder, '27_add_goal/migration.sql'), join(folder, 'elsewhere'));
        symlinkSync(join(folder, 'elsewhere'), join(folder, '27_add_goal/migration.sql'));
      },
      '27_add_goal/migration.sql is a symbolic link: the file itself is needed',
    ],
    [
      'has a link instead of a folder',
      (folder: string) => {
        symlinkSync(join(folder, '27_add_goal'), join(folder, '29_linked'));
      },
      '29_linked is a symbolic link: the file itself is needed',
    ],
  ])('%s', (_, change, message) => {
    const folder = migrationsFolder(RELEASE);
    change(folder);

    expect(refusalOf(folder)).toContain(message);
  });
});
