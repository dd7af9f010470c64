const DAY = 24 * 60 * 60 * 1000;

/**
 * How long after its end a day is exported, in milliseconds. Logs needs up to 12 hours until events can be exported
 * (CloudWatch Logs guide, "Export log data to Amazon S3"), and agents send what they held back.
 */
const SETTLE = DAY;

/** A day in UTC, e.g. `2026-03-31`. */
export type Day = string;

/** The last day that can be exported. */
export function lastDueDay(now: number): Day {
  return dayOf(now - SETTLE - DAY);
}

export function dayAfter(day: Day): Day {
  return dayOf(startOf(day) + DAY);
}

/** The events of a day: milliseconds since 1970, both ends included. */
export function eventsOf(day: Day): { from: number; to: number } {
  return { from: startOf(day), to: startOf(day) + DAY - 1 };
}

function startOf(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayOf(time: number): Day {
  return new Date(time).toISOString().slice(0, 10);
}
