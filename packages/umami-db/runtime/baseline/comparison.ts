import type { Baseline, Figure } from './baseline';

/** What became of a figure. */
export type Verdict =
  /** A change that is neither noise nor too small to matter, by {@link Figure.worse}. */
  | 'better'
  | 'worse'
  /** The same of a figure that is neither better nor worse in any direction. */
  | 'changed'
  /** No change, and the noise would not hide one that matters. */
  | 'same'
  /** No change can be shown, and the noise is large enough to hide one that matters. */
  | 'unclear'
  /** Not tested; {@link ComparedFigure.reason} says why. */
  | 'not comparable';

/** A figure before and after. */
export interface ComparedFigure extends Omit<Figure, 'samples'> {
  readonly verdict: Verdict;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** In {@link Figure.unit}. @default null, it was not measured */
  readonly medianBefore: number | null;
  readonly medianAfter: number | null;
  /** By how much it changed, and the interval that holds the true change at 95 %: the noise. In {@link Figure.unit}. @default null, not tested */
  readonly change: { readonly shift: number; readonly low: number; readonly high: number } | null;
  /** Probability of a difference like this or larger if nothing changed, corrected for the number of figures. @default null, not tested */
  readonly p: number | null;
  /** Why it is not comparable or unclear. @default - the verdict says all */
  readonly reason?: string;
}

/** Two baselines compared. */
export interface BaselineComparison {
  readonly before: Baseline['identity'];
  readonly after: Baseline['identity'];
  /** Why the two cannot be compared, a sentence each; then there are no {@link figures}. */
  readonly refused: readonly string[];
  /** What a reader has to know, e.g. changed parameters or another hour of the week; a sentence each. */
  readonly notes: readonly string[];
  /** The worst first. */
  readonly figures: readonly ComparedFigure[];
  /** What either baseline could not read. */
  readonly notRead: Baseline['notRead'];
  /** Probability that any figure is called better, worse or changed although nothing changed. */
  readonly errorRate: number;
}
