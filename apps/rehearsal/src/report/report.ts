import type { Item } from '@user-metrics/local-aws';
import type { Check, LaterCheck } from './check';

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
  /** What the user's own configuration gave. */
  readonly checks: readonly Check[];
  /** What was checked after the rehearsal had changed something. */
  readonly later: readonly LaterCheck[];
  /** What the local AWS has of us that the emulator lacks; what is recorded only was taken and kept, and nothing else. */
  readonly localAws: readonly Item[];
}
