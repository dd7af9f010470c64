import { readMigrationsFolder } from '../runtime/folder/read-folder';
import type { FurtherMigration } from '../runtime/migrations/index';

/**
 * Umami's own migrations of a release that this package does not know yet, from the image of that release: copied out of it
 * with `docker create --name umami <image>; docker cp umami:/app/prisma/migrations migrations; docker rm umami`.
 */
export class UmamiMigrations {
  /**
   * Reads and checks the folder: its first migrations must be those of this package, by name and SHA-256.
   *
   * @param directory Umami's `prisma/migrations`, as its image has it; a relative path starts where synth runs
   * @throws Error that names each file that is changed, missing, extra, out of order or cannot be read, and each statement
   *   that a migration may not have, by file and line
   */
  static fromDirectory(directory: string): UmamiMigrations {
    return new UmamiMigrations(readMigrationsFolder(directory));
  }

  private constructor(
    /** Migrations that this package does not have, in order; each is applied in a transaction of its own. */
    readonly further: readonly FurtherMigration[],
  ) {}
}
