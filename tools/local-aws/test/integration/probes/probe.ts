import type { LocalAws } from '@user-metrics/local-aws';
import type { Clients } from './clients';

/** What a probe may use: an emulator with all items, or with none. */
export interface ProbeContext extends Clients {
  readonly aws: LocalAws;
}

/** The names of items, and whether an emulator lacks what they stand for. */
export type Probes = { readonly [item: string]: (context: ProbeContext) => Promise<boolean> };

/** Makes the ids of a probe its own: each runs in the same emulator as the others. */
export function unique(word: string): string {
  return `${word}-${Math.random().toString(36).slice(2, 10)}`;
}
