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
  /** Such as `Verification of stage dev`. */
  readonly title: string;
  readonly stage: string;
  /** What was checked, as labels and values: account, Region, versions. */
  readonly subject: { readonly [label: string]: string };
  /** ISO 8601. */
  readonly finishedAt: string;
  /** What the user's own configuration gave. */
  readonly checks: readonly Check[];
  /** Steps of a rehearsal. @default - none */
  readonly phases?: readonly Phase[];
  /** What was checked after the rehearsal had changed something. @default - nothing was */
  readonly later?: readonly LaterCheck[];
  /** What the local AWS adds to the emulator. @default - nothing */
  readonly localAws?: readonly EmulatedItem[];
}

/** A time of the machine's own time zone, such as `2026-11-27 14:05:00 GMT+01:00`. */
export function localTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return time.toLocaleString('sv-SE', TIME);
}

const TIME = {
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
} as const;
