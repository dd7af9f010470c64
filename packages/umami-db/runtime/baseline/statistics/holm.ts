/**
 * Corrects the probabilities of several tests at once (Holm): calling those significant that end up at or below 5 % is wrong
 * about any of them in at most 5 % of all cases.
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const corrected = [...probabilities];
  let largest = 0;
  order.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, p * (probabilities.length - rank)));
    corrected[index] = largest;
  });
  return corrected;
}
