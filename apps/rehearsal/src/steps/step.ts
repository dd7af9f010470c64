import type { RehearsalContext } from '../context';

/** One step of the rehearsal. */
export interface Step {
  readonly title: string;
  /** Does it, tells how far it is, and gives a summary. */
  readonly run: (context: RehearsalContext, onProgress: (message: string) => void) => Promise<string>;
  /** @default - it is always done */
  readonly isSkipped?: (context: RehearsalContext) => boolean;
}
