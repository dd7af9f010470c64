import type { BaselineIdentity } from './baseline';

/** Hours by which two windows of the week may differ before it is worth a note. */
const SAME_HOUR = 2;

const WEEK = 7 * 24;

export function refusals(before: BaselineIdentity, after: BaselineIdentity): string[] {
  const differs = <Name extends keyof BaselineIdentity>(name: Name, say: (one: string, other: string) => string) =>
    before[name] === after[name] ? [] : [say(String(before[name]), String(after[name]))];
  const classes = [before.instanceClass, after.instanceClass];
  return [
    ...differs('database', (one, other) => `They are of two databases: ${one} before, ${other} after.`),
    ...differs('server', (one, other) => `The release of PostgreSQL changed: ${one} before, ${other} after.`),
    ...differs('aurora', (one, other) => `The release of Aurora changed: ${one} before, ${other} after.`),
    ...differs('isStandby', () => 'One is of the writer, the other of a reader.'),
    ...(classes.includes(undefined)
      ? []
      : differs('instanceClass', (one, other) => `The instance class changed: ${one} before, ${other} after.`)),
    ...differs(
      'startedAt',
      (one, other) =>
        `The server was restarted: it had started at ${one} before, at ${other} after. Its caches and counters began anew.`,
    ),
    ...(Date.parse(after.capturedAt) > Date.parse(before.capturedAt)
      ? []
      : [
          `The first was captured at ${before.capturedAt}, the second at ${after.capturedAt}: the earlier one must be the first.`,
        ]),
  ];
}

/** Views that were reset between the two, with the sentence that says so. */
export function resetViews(before: BaselineIdentity, after: BaselineIdentity): ReadonlyMap<string, string> {
  const views = Object.entries(after.statsReset).filter(
    ([view, reset]) => view in before.statsReset && before.statsReset[view] !== reset,
  );
  return new Map(views.map(([view, reset]) => [view, `${view} was reset at ${reset ?? 'an unknown time'}.`]));
}

export function notesOf(before: BaselineIdentity, after: BaselineIdentity): string[] {
  const names = [...new Set([...Object.keys(before.parameters), ...Object.keys(after.parameters)])].sort();
  const changed = names.filter((name) => before.parameters[name] !== after.parameters[name]);
  const shown = (value: string | undefined) => value ?? 'not told';
  const hours = Math.abs(Date.parse(after.capturedAt) - Date.parse(before.capturedAt)) / 3_600_000;
  const apart = Math.min(hours % WEEK, WEEK - (hours % WEEK));
  return [
    ...changed.map(
      (name) => `Parameter ${name} was ${shown(before.parameters[name])}, and is ${shown(after.parameters[name])}.`,
    ),
    ...(apart > SAME_HOUR
      ? [
          `The two windows are not of the same hour of the week (${Math.round(apart)} hours apart): the load of the application alone may make a difference.`,
        ]
      : []),
    ...(before.hasUmami ? ["Umami's schema or database role existed already when the first one was captured."] : []),
    ...(before.instanceClass === undefined || after.instanceClass === undefined
      ? ['The instance class is not known of both: a change of it is not seen.']
      : []),
  ];
}
