import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { migrations, migrationsUpTo } from '../../migrations/index';
import { migrationSource } from '../../migrations/node-pg-migrate';
import { checksums } from '../../runtime/migrations/ledger';

const FOLDER = join(__dirname, '../../migrations');
const NAMES = migrations.map((migration) => migration.name);

describe('the list of migrations', () => {
  test('has the names of Umami, in the order of Prisma’s ledger', () => {
    expect(NAMES).toEqual([...checksums.keys()]);
  });

  test('leaves out no file', () => {
    const files = readdirSync(FOLDER).filter((file) => /^\d/.test(file));

    expect(files.sort()).toEqual(NAMES.map((name) => `${name}.ts`));
  });

  test('has a SHA-256 for each', () => {
    for (const checksum of checksums.values()) expect(checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(checksums.values()).size).toBe(26);
  });
});

describe('what node-pg-migrate is given', () => {
  test('is a folder in which it sees one file only', () => {
    const { dir, ignorePattern } = migrationSource({}, migrations);
    const ignored = new RegExp(`^${ignorePattern}$`);

    expect(readdirSync(dir as string).filter((file) => !ignored.test(file))).toEqual(['node-pg-migrate.ts']);
    expect(ignored.test('node-pg-migrate.ts.map')).toBe(true);
    expect(ignored.test('node-pg-migrateXts')).toBe(true);
  });

  test('stops after the migration that is named', async () => {
    const upToThree = migrationsUpTo('03_metric_performance_index');
    const strategies = migrationSource({}, upToThree).migrationLoaderStrategies ?? [];
    const loader = strategies[0]?.loader;
    const units = typeof loader === 'function' ? await loader([]) : [];

    expect(units.map((unit) => unit.id)).toEqual(NAMES.slice(0, 3).map((name) => `${name}.js`));
  });

  test('does not accept the name of a migration that is not there', () => {
    expect(() => migrationsUpTo('03_metric')).toThrow(
      /There is no Umami migration '03_metric'\. Expected one of: 01_init, /,
    );
  });
});
