import type { Target } from '../target/target';

/**
 * How `captureBaseline(client, options)` measures. It reads statistics views and catalogs alone, in read-only statements of a
 * few milliseconds that hold no lock but AccessShare, resets nothing, and answers with a {@link Baseline}; what cannot be read
 * is in {@link Baseline.notRead}.
 */
export interface CaptureOptions {
  /** Whose figures are kept apart; neither schema nor database role needs to exist. */
  readonly umami: Pick<Target, 'schema' | 'databaseRole' | 'otherDatabaseRole'>;
  /** Length of the window, in seconds, 1 to 3600. @default 60 */
  readonly seconds?: number;
  /** Measurements within the window, 2 to 200; below 8 no change can be told from noise. @default 20 */
  readonly samples?: number;
  /** Ends the window early: what was measured until then is the baseline. @default - never */
  readonly signal?: AbortSignal;
  /** Waits some milliseconds between two measurements. @default - by a timer */
  readonly wait?: (milliseconds: number) => Promise<void>;
}
