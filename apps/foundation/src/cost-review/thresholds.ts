/** What a figure of the review leads to. */
export const THRESHOLDS = {
  /** A service that moved by so much, in both ways, is looked into. */
  movement: { usd: 10, share: 0.25 },
  /** So far above the estimate, in both ways, an assumption is wrong. */
  estimate: { usd: 5, share: 0.25 },
  /** Share of the project's cost without the tag Component. */
  untaggedComponents: 0.05,
  /** Growth of a bucket of recordings in a month. */
  storageGrowth: 0.5,
} as const;
