import type { Check } from './check';

/** One step of the rehearsal, and how long it took. */
export interface Phase {
  readonly title: string;
  readonly summary: string;
  readonly milliseconds: number;
}

/** Everything that the report shows. */
export interface Report {
  readonly stage: string;
  readonly server: string;
  readonly finishedAt: string;
  readonly phases: readonly Phase[];
  readonly checks: readonly Check[];
  /** What the local AWS has taken and kept, and done nothing with. */
  readonly recordedOnly: readonly { readonly name: string; readonly sentence: string }[];
}
