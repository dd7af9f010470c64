import type { Check, LaterCheck } from './check';

/** One step, and how long it took. */
export interface Phase {
  readonly title: string;
  readonly summary: string;
  readonly milliseconds: number;
}

/** Something that an emulator of AWS lacks and a local AWS adds. */
export interface EmulatedItem {
  readonly name: string;
  /** `recorded only` was taken and kept, and nothing else. */
  readonly kind: string;
  readonly sentence: string;
  /** How often the deployment used it. */
  readonly uses: number;
}

/** Everything that the report shows. */
export interface Report {
  readonly stage: string;
  readonly server: string;
  readonly finishedAt: string;
  readonly phases: readonly Phase[];
  /** What the user's own configuration gave. */
  readonly checks: readonly Check[];
  /** What was checked after the rehearsal had changed something. */
  readonly later: readonly LaterCheck[];
  /** What the local AWS adds to the emulator. */
  readonly localAws: readonly EmulatedItem[];
}
