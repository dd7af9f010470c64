import { randomUUID } from 'node:crypto';
import type { Baseline } from '../baseline/baseline';
import type { DatabaseSnapshot } from './answer';

/** What a database had before the first DDL of a stage: neither Umami's schema nor its database role existed. */
export interface FirstCapture {
  /** ISO 8601. */
  readonly capturedAt: string;
  /** What others had. @default - it could not be read */
  readonly snapshot?: DatabaseSnapshot;
  /** @default - it could not be measured, or was not asked for */
  readonly baseline?: Baseline;
  /** What could not be read, a sentence each. */
  readonly notRead: readonly string[];
}

/** What each log line of a capture begins with; a filter pattern finds it. */
export const FIRST_CAPTURE = 'before the first DDL';

/** Characters of a part: its line stays below the 256 KB that CloudWatch Logs takes, whatever they are. */
const LONGEST = 30_000;

/** One line of the log. */
interface Line {
  readonly captured: typeof FIRST_CAPTURE;
  readonly id: string;
  readonly part: number;
  readonly parts: number;
  /** Part of the JSON of a {@link FirstCapture} or of null. */
  readonly json: string;
}

/**
 * The lines of a log that hold a capture.
 *
 * @param capture null where Umami's schema or its database role existed, so that nothing was captured
 */
export function firstCaptureLines(capture: FirstCapture | null, id: string = randomUUID()): string[] {
  const json = JSON.stringify(capture);
  const parts = Math.ceil(json.length / LONGEST);
  return Array.from({ length: parts }, (_, index) => {
    const part = json.slice(index * LONGEST, (index + 1) * LONGEST);
    const line: Line = { captured: FIRST_CAPTURE, id, part: index + 1, parts, json: part };
    return JSON.stringify(line);
  });
}

/**
 * The first capture that lines of a log hold whole, in the order of the log.
 *
 * @returns null when they say that nothing was captured, undefined when they say nothing of it
 */
export function firstCaptureIn(messages: readonly string[]): FirstCapture | null | undefined {
  const byId = new Map<string, Line[]>();
  for (const message of messages) {
    const line = lineIn(message);
    if (line) byId.set(line.id, [...(byId.get(line.id) ?? []), line]);
  }
  for (const lines of byId.values()) {
    const sorted = lines.sort((one, other) => one.part - other.part);
    if (sorted.length === sorted[0]?.parts) return JSON.parse(sorted.map(({ json }) => json).join(''));
  }
  return undefined;
}

function lineIn(message: string): Line | undefined {
  try {
    const line = JSON.parse(message);
    return line?.captured === FIRST_CAPTURE ? line : undefined;
  } catch {
    return undefined;
  }
}
