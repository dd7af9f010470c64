import rows from './ledger-3.4.0.json';

/** Of each migration, in order: the SHA-256 of Umami's own migration.sql, which Prisma keeps in `_prisma_migrations`. */
export const checksums: ReadonlyMap<string, string> = new Map(Object.entries(rows));
