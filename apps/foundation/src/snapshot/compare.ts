import { CommandError, EXIT } from '../command-error';
import { placeOf } from './announced';
import { isUnknown } from './kind';
import type { Comparison, Difference, Snapshot } from './schema';
import { inWords } from './words';

/**
 * Compares two snapshots; calls nothing.
 *
 * @throws CommandError when they are of different accounts, Regions or stages
 */
export function compareSnapshots(before: Snapshot, after: Snapshot): Comparison {
  for (const name of ['account', 'region', 'stage'] as const) {
    if (before[name] === after[name]) continue;
    throw new CommandError(
      `The snapshots must be of the same ${name}, got: ${before[name]} and ${after[name]}. Choose two files of one folder below snapshots/.`,
      EXIT.usage,
    );
  }
  const differences: Difference[] = [];
  const announced = { ...before.announced, ...after.announced };
  const compareKind = (service: string, kind: string, one: unknown, other: unknown) => {
    for (const { path, ...found } of differencesIn(one, other)) {
      const [id = '', ...inner] = path;
      const resource = [one, other].map((all) => Object(all)[id]).find((value) => value !== undefined);
      const by = announced[placeOf(kind, ...path)];
      const difference = { service, kind, id, path: inner, ...found };
      const known = by !== undefined && found.change !== 'unknown' ? { announced: by } : {};
      differences.push({ ...difference, ...known, text: inWords(difference, resource) } as Difference);
    }
  };
  for (const service of keysOf(before.services, after.services)) {
    const [one, other] = [before.services[service] ?? {}, after.services[service] ?? {}];
    for (const kind of keysOf(one, other)) compareKind(service, kind, one[kind] ?? NOT_ASKED, other[kind] ?? NOT_ASKED);
  }
  const notRead = [before, after].flatMap(({ takenAt, database }) =>
    'notRead' in database ? [`database at ${takenAt}: ${database['notRead']}`] : [],
  );
  if (notRead.length === 0) compareKind('database', 'database', before.database, after.database);
  return { before: before.takenAt, after: after.takenAt, differences, notCompared: notRead };
}

/** A snapshot of another version of this command may lack a kind. */
const NOT_ASKED = { $unknown: 'not in the snapshot' };

/** Whether a comparison found something that the configuration does not announce. */
export function isUnannounced({ announced }: Pick<Difference, 'announced'>): boolean {
  return announced === undefined;
}

interface Found {
  readonly path: string[];
  readonly change: Difference['change'];
  readonly before?: unknown;
  readonly after?: unknown;
}

function differencesIn(before: unknown, after: unknown, path: string[] = []): Found[] {
  if (isUnknown(before) || isUnknown(after)) return [{ path, change: 'unknown', before, after }];
  if (before === undefined) return [{ path, change: 'added', after }];
  if (after === undefined) return [{ path, change: 'removed', before }];
  if (Array.isArray(before) && Array.isArray(after)) {
    const without = (some: readonly unknown[], others: readonly unknown[]) => {
      const known = new Set(others.map((item) => JSON.stringify(item)));
      return some.filter((item) => !known.has(JSON.stringify(item)));
    };
    const [removed, added] = [without(before, after), without(after, before)];
    if (removed.length + added.length === 0 && JSON.stringify(before) !== JSON.stringify(after))
      return [{ path, change: 'changed', before, after }];
    return [
      ...removed.map((item): Found => ({ path, change: 'removed', before: item })),
      ...added.map((item): Found => ({ path, change: 'added', after: item })),
    ];
  }
  if (isObject(before) && isObject(after))
    return keysOf(before, after).flatMap((key) => differencesIn(before[key], after[key], [...path, key]));
  return before === after ? [] : [{ path, change: 'changed', before, after }];
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(one: object, other: object): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}
