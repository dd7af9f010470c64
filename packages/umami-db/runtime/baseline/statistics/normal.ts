/** Share of the normal distribution above so many standard deviations (Abramowitz and Stegun, 26.2.17; error below 1e-7). */
export function upperTail(deviations: number): number {
  const t = 1 / (1 + 0.2316419 * deviations);
  const terms = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const polynomial = terms.reduce((value, term) => value * t + term, 0) * t;
  return (Math.exp((-deviations * deviations) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}

/** Two-sided probability of Student's distribution beyond `t` (Wallace's approximation by the normal distribution). */
export function studentTails(t: number, degrees: number): number {
  if (!Number.isFinite(t)) return 0;
  const deviations = ((8 * degrees + 1) / (8 * degrees + 3)) * Math.sqrt(degrees * Math.log(1 + (t * t) / degrees));
  return 2 * upperTail(deviations);
}
