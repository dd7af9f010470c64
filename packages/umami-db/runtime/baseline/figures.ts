import type { Figure, FigureOf } from './baseline';
import type { Reading, Row, Shape, Source } from './source';

/** What became of the readings of a source. */
export interface Measured {
  readonly figures: readonly Figure[];
  /** Intervals whose counters went down or were reset, or that a clock measured as nothing: no sample was taken of them. */
  readonly refused: number;
  /** Last reset of the view, of the last reading. @default null, never */
  readonly reset: string | null;
}

/** The figures of the readings of a source, in the order of time. */
export function figuresOf(source: Source, readings: readonly Reading[]): Measured {
  const byRow = rowsByName(source, readings);
  const intervals = new Set<number>();
  const figures = [...byRow].flatMap(([, { of, item, rows }]) =>
    source.figures.map((shape): Figure => {
      const { column: _, as, times = 1, name, ...kept } = shape;
      const samples =
        as === 'value' ? valuesOf(rows, shape) : growth(rows, shape, (interval) => intervals.add(interval));
      return {
        name: item === undefined ? name : `${name} ${item}`,
        group: source.group,
        of,
        ...kept,
        ...(source.view === undefined ? {} : { source: source.view }),
        samples: samples.map((sample) => rounded(sample * times)),
      };
    }),
  );
  const reset = readings.at(-1)?.rows.find(({ reset }) => reset)?.reset ?? null;
  return { figures: figures.filter(({ samples }) => samples.length > 0), refused: intervals.size, reset };
}

/** One row at one moment. @default null, the reading lacks it */
type Moment = { readonly at: number; readonly row: Row | null };

interface RowOverTime {
  readonly of: FigureOf;
  readonly item?: string;
  readonly rows: readonly Moment[];
}

function rowsByName({ absentIsZero, figures }: Source, readings: readonly Reading[]): Map<string, RowOverTime> {
  const names = new Map<string, Pick<Row, 'of' | 'item'>>();
  for (const { rows } of readings) for (const { of, item } of rows) names.set(`${of}/${item ?? ''}`, { of, item });
  const zeros = (of: FigureOf): Row => ({ of, ...Object.fromEntries(figures.map(({ column }) => [column, 0])) });
  return new Map(
    [...names].map(([key, { of, item }]): [string, RowOverTime] => [
      key,
      {
        of,
        ...(item === null || item === undefined ? {} : { item }),
        rows: readings.map(({ at, rows }) => ({
          at,
          row: rows.find((row) => row.of === of && row.item === item) ?? (absentIsZero ? zeros(of) : null),
        })),
      },
    ]),
  );
}

function valuesOf(rows: readonly Moment[], { column }: Shape): number[] {
  return rows.flatMap(({ row }) => (typeof row?.[column] === 'number' ? [row[column]] : []));
}

/** Growth of a counter between each two readings. */
function growth(rows: readonly Moment[], { column, as }: Shape, refuse: (interval: number) => void): number[] {
  return rows.slice(1).flatMap((later, interval) => {
    const earlier = rows[interval];
    if (!earlier?.row || !later.row) return [];
    const between = (name: string) => difference(earlier.row?.[name], later.row?.[name]);
    const grown = between(column);
    const by = typeof as === 'object' ? between(as.per) : (later.at - earlier.at) / 1000;
    if (grown === undefined || by === undefined) return [];
    if (grown < 0 || by < 0 || later.at <= earlier.at || earlier.row.reset !== later.row.reset) {
      refuse(interval);
      return [];
    }
    return by === 0 ? [] : [grown / by];
  });
}

function difference(one: Row[string], other: Row[string]): number | undefined {
  return typeof one === 'number' && typeof other === 'number' ? other - one : undefined;
}

/** Six digits say more than the measurement does; sums of floats end in noise. */
function rounded(sample: number): number {
  return Number(sample.toPrecision(6));
}
