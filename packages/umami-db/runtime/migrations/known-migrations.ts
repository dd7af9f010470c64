import type { Target } from '../target/target';
import { type Migration, migrations } from './index';
import { migrationsOf, releaseWith } from './releases';

/** Migrations that can be applied, in order: those of the package, and those of a folder. */
export function knownMigrations({ further = [] }: Pick<Target, 'further'>): readonly Migration[] {
  return [...migrations, ...further];
}

/** Those that the schema is to have. */
export function wantedMigrations({
  umamiVersion,
  further = [],
}: Pick<Target, 'umamiVersion' | 'further'>): readonly Migration[] {
  return [...migrationsOf(umamiVersion), ...further];
}

/** Of a migration that the package does not have. */
export function checksumOf(migration: string, { further = [] }: Pick<Target, 'further'>): string | undefined {
  return further.find(({ name }) => name === migration)?.checksum;
}

/** Release of Umami with so many migrations. A folder does not tell its release: the name of its last migration stands for it. */
export function releaseOf(count: number, target: Pick<Target, 'further'>): string {
  return count > migrations.length ? (knownMigrations(target)[count - 1]?.name ?? '') : releaseWith(count);
}
