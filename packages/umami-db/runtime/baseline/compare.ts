import { type Baseline, type Figure, figureKey } from './baseline';
import type { BaselineComparison, ComparedFigure, Verdict } from './comparison';
import { notesOf, refusals, resetViews } from './identical';
import { type Difference, differenceOf, FEWEST } from './statistics/difference';
import { holm } from './statistics/holm';
import { median } from './statistics/quantile';

/** Probability that a comparison calls any figure better, worse or changed although nothing changed. */
const ERROR_RATE = 0.05;

/** Share of the median before that a change must reach to matter. */
const RELEVANT = 0.2;

/**
 * Compares two baselines of one database, figure by figure.
 *
 * A figure is called better, worse or changed when its change is at least 20 % of the median before, and at least
 * {@link Figure.relevant}, and two tests agree that it is no noise: the exact Wilcoxon rank sum test, and Welch's t-test with
 * the measurements reduced by their autocorrelation. Their probabilities are corrected for the number of figures (Holm), so
 * that at most 5 % of comparisons name any figure although nothing changed. That a figure differs between two windows does
 * not say that Umami is the reason.
 *
 * @param before the earlier one
 * @returns with `refused` instead of figures after a restart, or for another database, release or instance class
 */
export function compareBaselines(before: Baseline, after: Baseline): BaselineComparison {
  const refused = refusals(before.identity, after.identity);
  const resets = resetViews(before.identity, after.identity);
  const pairs = refused.length > 0 ? [] : pairsOf(before, after);
  const tested = pairs.map((pair) => {
    const reason = whyNot(pair, resets);
    // Values that are all equal cannot differ, and are no test that could go wrong.
    const isTested = reason === undefined && !isConstant(pair);
    return { pair, reason, difference: isTested ? differenceOf(pair.before, pair.after) : undefined };
  });
  const corrected = holm(tested.flatMap(({ difference }) => (difference ? [difference.p] : [])));
  const figures = tested.map(({ pair, reason, difference }) =>
    difference ? verdictOf(pair, difference, corrected.shift() ?? 1) : untested(pair, reason),
  );
  const notRead = new Map([...before.notRead, ...after.notRead].map((entry) => [entry.what, entry]));
  return {
    before: before.identity,
    after: after.identity,
    refused,
    notes: refused.length > 0 ? [] : [...resets.values(), ...notesOf(before.identity, after.identity)],
    figures: figures.sort((one, other) => ORDER.indexOf(one.verdict) - ORDER.indexOf(other.verdict)),
    notRead: [...notRead.values()],
    errorRate: ERROR_RATE,
  };
}

const ORDER: readonly Verdict[] = ['worse', 'changed', 'better', 'unclear', 'same', 'not comparable'];

/** A figure of both; without samples where it was not measured. */
interface Pair {
  readonly figure: Figure;
  readonly before: readonly number[];
  readonly after: readonly number[];
}

function pairsOf(before: Baseline, after: Baseline): Pair[] {
  const [one, other] = [before, after].map(({ figures }) => new Map(figures.map((each) => [figureKey(each), each])));
  const keys = [...new Set([...(one?.keys() ?? []), ...(other?.keys() ?? [])])].sort();
  return keys.flatMap((key) => {
    const [earlier, later] = [one?.get(key), other?.get(key)];
    const figure = later ?? earlier;
    if (!figure) return [];
    const samples = (found: Figure | undefined, { figures }: Baseline) => found?.samples ?? noWaits(figure, figures);
    return [{ figure, before: samples(earlier, before), after: samples(later, after) }];
  });
}

/** A zero for each measurement of the wait events, if there were any: no session waited for one that a baseline lacks. */
function noWaits({ group, of }: Figure, figures: readonly Figure[]): readonly number[] {
  if (group !== 'waits') return [];
  const any = figures.find((each) => each.group === 'waits' && each.of === of);
  return any?.samples.map(() => 0) ?? [];
}

function whyNot({ figure, before, after }: Pair, resets: ReadonlyMap<string, string>): string | undefined {
  if (before.length === 0) return 'It was not measured before.';
  if (after.length === 0) return 'It was not measured after.';
  const reset = figure.source === undefined ? undefined : resets.get(figure.source);
  if (reset !== undefined) return reset;
  if (before.length === 1 || after.length === 1) return 'It was measured once: there is no noise to compare with.';
  return undefined;
}

function isConstant({ before, after }: Pair): boolean {
  return before.every((value) => value === before[0]) && after.every((value) => value === before[0]);
}

function shown({ figure: { samples: _, ...figure }, before, after }: Pair) {
  const medianOf = (values: readonly number[]) => (values.length > 0 ? median(values) : null);
  return { ...figure, before, after, medianBefore: medianOf(before), medianAfter: medianOf(after) };
}

function untested(pair: Pair, reason: string | undefined): ComparedFigure {
  const figure = { ...shown(pair), change: null, p: null };
  return reason === undefined ? { ...figure, verdict: 'same' } : { ...figure, verdict: 'not comparable', reason };
}

function verdictOf(pair: Pair, difference: Difference, p: number): ComparedFigure {
  const { shift, low, high, meanDifference, direction, independent } = difference;
  const { relevant = 0, worse } = pair.figure;
  const matters = Math.max(relevant, RELEVANT * Math.abs(median(pair.before)));
  const figure = { ...shown(pair), change: { shift, low, high }, p };
  if (p <= ERROR_RATE && Math.max(Math.abs(shift), Math.abs(meanDifference)) >= matters) {
    if (worse === 'neither') return { ...figure, verdict: 'changed' };
    return { ...figure, verdict: direction > 0 === (worse === 'higher') ? 'worse' : 'better' };
  }
  if (Math.max(-low, high) < matters) return { ...figure, verdict: 'same' };
  return { ...figure, verdict: 'unclear', reason: whyUnclear(independent) };
}

function whyUnclear(independent: number): string {
  return independent < FEWEST
    ? `The measurements follow each other so closely that they are worth less than ${FEWEST}: capture a longer window.`
    : 'The noise is large enough to hide a change that matters: capture a longer window, or more samples.';
}
