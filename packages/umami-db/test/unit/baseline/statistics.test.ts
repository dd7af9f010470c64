import { expect, test } from 'vitest';
import { holm } from '../../../runtime/baseline/statistics/holm';
import { studentTails } from '../../../runtime/baseline/statistics/normal';
import { quantile } from '../../../runtime/baseline/statistics/quantile';
import { rankSum } from '../../../runtime/baseline/statistics/rank-sum';

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

// Probabilities: the share of all choices of ranks, counted by hand; those of many values by the normal distribution of its sum.
test.each([
  ['apart', upTo(1, 5), upTo(6, 10), 2 / 252, 1],
  ['one exchanged', [1, 2, 3, 4, 6], [5, 7, 8, 9, 10], 4 / 252, 1],
  ['with ties', [1, 1, 2], [2, 3, 3], 4 / 20, 1],
  ['lower', [4, 5, 6], [1, 2, 3], 2 / 20, -1],
  ['equal', [7, 7, 7], [7, 7, 7], 1, 0],
  ['many, apart', upTo(1, 40), upTo(41, 80), 1.44e-14, 1],
  ['many, mixed', upTo(1, 80).filter((value) => value % 2), upTo(1, 80).filter((value) => value % 2 === 0), 0.8512, 1],
])('rank sum of values that are %s', (_, one, other, p, direction) => {
  const found = rankSum(one, other);

  expect(found.p / p).toBeCloseTo(1, 1);
  expect(Math.sign(found.direction)).toBe(direction);
});

test.each([
  [2.228, 10, 0.05],
  [2.776, 4, 0.05],
  [8.61, 4, 0.001],
  [3.85, 20, 0.001],
  [1.96, 100_000, 0.05],
  [0, 5, 1],
])("Student's t of %d with %d degrees of freedom", (t, degrees, p) => {
  expect(studentTails(t, degrees) / p).toBeCloseTo(1, 0);
  expect(Math.abs(studentTails(t, degrees) - p)).toBeLessThan(0.01);
});

test('Holm corrects the smallest by the number of tests, and keeps the order', () => {
  expect(holm([0.04, 0.01, 0.03, 0.9])).toEqual([0.09, 0.04, 0.09, 0.9]);
  expect(holm([])).toEqual([]);
});

test('quantiles lie between two values by proportion', () => {
  expect([0, 0.5, 0.95, 1].map((share) => quantile([4, 1, 3, 2, 5], share))).toEqual([1, 3, 4.8, 5]);
});
