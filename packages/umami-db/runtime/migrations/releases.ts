import { type Migration, migrations } from './index';

/** First release of Umami with so many migrations: its tags, counted. The list only ever grows at its end. */
const RELEASES: readonly (readonly [release: readonly [number, number, number], count: number])[] = [
  [[2, 0, 0], 1],
  [[2, 3, 0], 2],
  [[2, 5, 0], 3],
  [[2, 10, 0], 4],
  [[2, 11, 0], 5],
  [[2, 11, 2], 6],
  [[2, 14, 0], 7],
  [[2, 18, 0], 10],
  [[2, 19, 0], 13],
  [[3, 0, 0], 14],
  [[3, 1, 0], 19],
  [[3, 2, 0], 20],
  [[3, 3, 0], 23],
  [[3, 3, 1], 24],
  [[3, 4, 0], 26],
];

/** Minor releases that there are, by major release. */
const LAST_MINOR: ReadonlyMap<number, number> = new Map([
  [2, 20],
  [3, 4],
]);

/**
 * The migrations that a release of Umami has.
 *
 * @param version `2.20`, `2.11.1`, or the name of a migration; all of them by default
 * @throws Error that names what there is
 */
export function migrationsOf(version?: string): readonly Migration[] {
  if (version === undefined) return migrations;
  const named = migrations.findIndex(({ name }) => name === version);
  if (named >= 0) return migrations.slice(0, named + 1);
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)(?:\.(\d+))?$/.exec(version) ?? [];
  const last = LAST_MINOR.get(Number(major));
  if (last === undefined || Number(minor) > last) {
    throw new Error(
      `\`umamiVersion\` must be a release of Umami from 2.0 to 3.4 or the name of a migration, got: ${version}. The newest migration is ${migrations.at(-1)?.name}.`,
    );
  }
  const wanted = [Number(major), Number(minor), patch === undefined ? Number.POSITIVE_INFINITY : Number(patch)];
  const [, count] = RELEASES.findLast(([release]) => !isLater(release, wanted)) ?? [[], 0];
  return migrations.slice(0, count);
}

/** The first release of Umami that has these migrations, e.g. `2.18`. */
export function releaseWith(count: number): string {
  const [[major, minor, patch]] = RELEASES.findLast(([, migrated]) => migrated <= count) ?? [[0, 0, 0]];
  return patch === 0 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

function isLater(one: readonly number[], other: readonly number[]): boolean {
  const first = one.findIndex((part, index) => part !== other[index]);
  return first >= 0 && Number(one[first]) > Number(other[first]);
}
