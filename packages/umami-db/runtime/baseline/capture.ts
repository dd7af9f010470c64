import type { ClientBase } from 'pg';
import type { Target } from '../target/target';
import { type Baseline, figureKey, type NotRead } from './baseline';
import { figuresOf, type Measured } from './figures';
import { readIdentity, serverClock } from './identity';
import { latencyFigures } from './latency';
import { isNotRead, type Source } from './source';
import { allSources } from './sources';
import { readWindow, type WindowOptions } from './window';

/** How {@link captureBaseline} measures. */
export interface CaptureOptions extends Partial<WindowOptions> {
  /** Whose figures are kept apart; neither schema nor database role needs to exist. */
  readonly umami: Pick<Target, 'schema' | 'databaseRole' | 'otherDatabaseRole'>;
  /** Length of the window, in seconds, 1 to 3600. A server that is slow makes it up to twice as long. @default 60 */
  readonly seconds?: number;
  /** Measurements within the window, 2 to 200; with less than 10 hardly any change can be told from noise. @default - one each 2.5 seconds, at most 24 */
  readonly samples?: number;
}

/** Length of the window in seconds, unless it is given. */
export const CAPTURE_SECONDS = 60;

/** A session tells PostgreSQL once a second what it did: shorter intervals than this, in seconds, hold one such report or two by chance. */
const INTERVAL = 2.5;

/** More measurements cost more than they show. */
const MOST_SAMPLES = 24;

/** What bounds each statement, and makes it read only. */
const SETTINGS: Readonly<Record<string, string>> = {
  default_transaction_read_only: 'on',
  lock_timeout: '1s',
  statement_timeout: '5s',
  jit: 'off',
};

/**
 * Measures a database within one window. It reads statistics views and catalogs alone, by read-only statements that end after
 * five seconds at the latest and hold no lock but AccessShare; it resets nothing and installs nothing. What cannot be read is
 * in `notRead` of the baseline.
 *
 * @param client a connection outside of a transaction: within one the statistics stand still
 * @throws RangeError for a number that is not allowed
 * @throws the driver's error when the connection breaks
 */
export async function captureBaseline(client: ClientBase, options: CaptureOptions): Promise<Baseline> {
  requireBetween('seconds', options.seconds, 1, 3600);
  requireBetween('samples', options.samples, 2, 200);
  const { rows } = await client.query<{ name: string; setting: string }>(
    'select name, current_setting(name) as setting from unnest($1::text[]) as wanted (name)',
    [Object.keys(SETTINGS)],
  );
  await set(client, SETTINGS);
  try {
    return await measure(client, options);
  } finally {
    const before = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
    await set(client, before).catch(() => {});
  }
}

/** @throws RangeError */
function requireBetween(name: string, given: number | undefined, least: number, most: number): void {
  if (given === undefined || (Number.isInteger(given) && given >= least && given <= most)) return;
  throw new RangeError(`\`${name}\` must be a whole number from ${least} to ${most}, got: ${given}.`);
}

async function set(client: ClientBase, settings: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await client.query('select set_config($1, $2, false)', [name, value]);
}

async function measure(client: ClientBase, { umami, ...options }: CaptureOptions): Promise<Baseline> {
  const { seconds: wanted = CAPTURE_SECONDS } = options;
  const { identity, server } = await readIdentity(client, umami);
  const begin = performance.now();
  const made = allSources(server);
  const sources = made.filter((source): source is Source => !isNotRead(source));
  const window = await readWindow(client, sources, {
    ...options,
    seconds: wanted,
    samples: options.samples ?? Math.min(MOST_SAMPLES, Math.max(2, Math.floor(wanted / INTERVAL))),
  });
  const { readings, latency, seconds, failed } = window;
  const measured = [...readings].map(([source, ofSource]) => ({ source, ...figuresOf(source, ofSource) }));
  const figures = [...measured.flatMap((each) => each.figures), ...latencyFigures(latency)];
  return {
    format: 1,
    identity: { ...identity, statsReset: resetsOf(measured), seconds: Math.round(seconds * 10) / 10 },
    figures: figures.sort((one, other) => (figureKey(one) < figureKey(other) ? -1 : 1)),
    notRead: [
      ...made.filter(isNotRead),
      ...failed,
      ...measured.flatMap(lostIntervals),
      ...clockJump(
        Date.parse(await serverClock(client)) - Date.parse(identity.capturedAt) - (performance.now() - begin),
      ),
    ],
  };
}

type MeasuredSource = Measured & { readonly source: Source };

function resetsOf(measured: readonly MeasuredSource[]): Record<string, string | null> {
  const resets = measured.flatMap(({ source: { view }, reset }) =>
    view === undefined ? [] : [[view, reset] as const],
  );
  return Object.fromEntries(resets.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function lostIntervals({ source: { what }, refused }: MeasuredSource): NotRead[] {
  if (refused === 0) return [];
  const reason = `Counters went down, or were reset, in ${refused} of the intervals: these have no sample.`;
  return [{ what: `${what}, some intervals`, state: 'unknown', reason }];
}

/** In milliseconds. */
const CLOCK_TOLERANCE = 2_000;

/** @param jump milliseconds that the clock of the server has gone on more than time has */
function clockJump(jump: number): NotRead[] {
  if (Math.abs(jump) < CLOCK_TOLERANCE) return [];
  return [
    {
      what: 'ages of transactions, VACUUM and ANALYZE',
      state: 'unknown',
      reason: `The clock of the server jumped by ${(jump / 1000).toFixed(1)} seconds within the window. Rates are not affected.`,
    },
  ];
}
