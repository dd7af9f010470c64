import { basename, dirname, extname } from 'node:path';
import type { RunnerOption } from 'node-pg-migrate';
import type { Seed } from '../runtime/migrations/seed';
import type { UmamiMigration } from './migration';

/** The part of node-pg-migrate's options that says which migrations there are. */
export type MigrationSource = Pick<RunnerOption, 'dir' | 'ignorePattern' | 'migrationLoaderStrategies'>;

/**
 * Migrations, as node-pg-migrate's runner takes them.
 *
 * The runner lists a folder and asks a loader for what the files mean. It is shown the one file that is sure to be
 * there, the running one, and the loader answers with the list that is given.
 */
export function migrationSource(seed: Seed, migrations: readonly UmamiMigration[]): MigrationSource {
  const file = basename(__filename);
  const units = migrations.map((migration) => ({
    // The runner cuts an extension off the id; without one, a name with a dot would lose its end.
    id: `${migration.name}.js`,
    filePaths: [],
    // One parameter only: a function of two would be given a callback, and waited for.
    actions: { up: (pgm: Parameters<UmamiMigration['up']>[0]) => migration.up(pgm, seed), down: false as const },
  }));
  return {
    dir: dirname(__filename),
    ignorePattern: `(?!${file.replace(/[^\w]/g, '\\$&')}$).*`,
    migrationLoaderStrategies: [{ extensions: [extname(file)], loader: async () => units }],
  };
}
