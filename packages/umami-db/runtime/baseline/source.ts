import { name } from '../sql/identifiers';
import type { Figure, FigureGroup, FigureOf, NotRead } from './baseline';

/** What decides how the sources are read. */
export interface ServerFacts {
  /** e.g. 170004 */
  readonly versionNumber: number;
  readonly isStandby: boolean;
  /** Whether PostgreSQL measures the time of reads and writes. */
  readonly hasIoTiming: boolean;
  /** Whether the states and wait events of other sessions can be seen. */
  readonly seesAllSessions: boolean;
  /** Who is connected. */
  readonly user: string;
  /** Schema of the extension pg_stat_statements in this database. @default null, it is not installed */
  readonly statementsSchema: string | null;
  /** SQL text that gives `umami` or `others` for the name of a schema, or of a database role. */
  readonly ofSchema: (schema: string) => string;
  readonly ofRole: (role: string) => string;
}

export interface Shape extends Pick<Figure, 'name' | 'unit' | 'worse' | 'relevant'> {
  readonly column: string;
  /** A value as it is; a counter's growth by the second; or by the growth of another counter of the row. */
  readonly as: 'value' | 'rate' | { readonly per: string };
  /** Multiplies. @default 1 */
  readonly times?: number;
}

/** One query, read again and again within the window. */
export interface Source {
  /** View, or what else the figures are of: as {@link NotRead.what}. */
  readonly what: string;
  /** View whose resets count. @default - what is read is no sum since a reset */
  readonly view?: string;
  readonly group: FigureGroup;
  /** Gives {@link Row}s with the columns of {@link figures}. */
  readonly sql: string;
  readonly figures: readonly Shape[];
  /** Whether it is read once, at the end of the window. @default false */
  readonly once?: boolean;
  /** Whether a row that a reading lacks is one of zeros. @default false, it was not measured */
  readonly absentIsZero?: boolean;
}

export interface Row {
  readonly of: FigureOf;
  /** Part of the name of its figures, e.g. a wait event. @default - there is one row for each `of` */
  readonly item?: string;
  /** @default null, never */
  readonly reset?: string | null;
  readonly [column: string]: string | number | null | undefined;
}

export interface Reading {
  /** Milliseconds of a clock that does not jump. */
  readonly at: number;
  readonly rows: readonly Row[];
}

/** Makes the sources of a kind, or says why there is none. */
export type MakeSources = (server: ServerFacts) => readonly (Source | NotRead)[];

type Worse = Shape['worse'];

export function rate(column: string, name: string, unit: string, relevant: number, worse: Worse = 'neither'): Shape {
  return { column, name, unit, relevant, worse, as: 'rate' };
}

export function value(column: string, name: string, unit: string, relevant: number, worse: Worse = 'neither'): Shape {
  return { column, name, unit, relevant, worse, as: 'value' };
}

export function isNotRead(made: Source | NotRead): made is NotRead {
  return 'state' in made;
}

/** What only members of pg_monitor see. */
export function notMember({ user }: ServerFacts, what: string): NotRead {
  return {
    what,
    state: 'unknown',
    reason: `Database role ${user} is not a member of pg_monitor.`,
    fix: `grant pg_monitor to ${name(user)}`,
  };
}
