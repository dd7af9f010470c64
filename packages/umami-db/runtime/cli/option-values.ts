import { InvalidArgumentError } from 'commander';
import { isHostName } from '../connection/host-name';
import { readMigrationsFolder } from '../folder/read-folder';
import type { FurtherMigration } from '../migrations/index';
import { forCommandLine } from './words';

// What may be given as the value of an option: each throws an InvalidArgumentError for anything else.

export function between(least: number, most: number): (text: string) => number {
  return (text) => {
    const found = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : Number.NaN;
    if (found >= least && found <= most) return found;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

export function hostName(text: string): string {
  if (isHostName(text)) return text;
  throw new InvalidArgumentError('It must be a host name without scheme and port.');
}

export function migrationsFolder(folder: string): FurtherMigration[] {
  try {
    return readMigrationsFolder(folder);
  } catch (error) {
    throw new InvalidArgumentError(forCommandLine((error as Error).message));
  }
}

export const port = between(1, 65_535);

export const wholeNumber = between(1, 999_999);

const UNITS: Readonly<Record<string, string>> = { d: 'days', mo: 'months', y: 'years' };

/** An age as an interval of PostgreSQL. */
export function age(text: string): string {
  const [, number, unit = ''] = /^([1-9]\d{0,3})(d|mo|y)$/.exec(text) ?? [];
  if (number !== undefined) return `${number} ${UNITS[unit]}`;
  throw new InvalidArgumentError('It must be a number of days, months or years, e.g. 90d, 13mo or 2y.');
}

export function minutes(text: string): number {
  if (/^\d{1,4}(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('It must be a number of minutes above 0.');
}
