import type { Finding } from '../isolation/finding';
import { NOTHING_TO_TRY } from '../isolation/try-attempts';
import type { ExplainedAttempt, IsolationReport } from '../isolation/verify-isolation';

/** What is reachable, by whom it was granted, what would close it, and whom that affects. */
export function inWords({ object, privileges, via, close, affects }: Finding): string {
  const others = affects.length > 0 ? `, which also affects ${affects.join(', ')}` : '';
  return `${privileges} on ${object} by a grant to ${via}; revoked by: ${close};${others}`;
}

/** Objects that one line names, of those on which the same was granted. */
const NAMED = 5;

/** The same for all findings: one line for all databases, or all tables, on which PUBLIC was granted the same. */
export function reachableInWords(findings: readonly Finding[]): string[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = JSON.stringify([finding.family, finding.privileges, finding.via]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    if (!first || group.length === 1) return first ? inWords(first) : '';
    const named = group.slice(0, NAMED).map(({ object }) => object);
    const more = group.length > NAMED ? ` and ${group.length - NAMED} more` : '';
    const { privileges, via } = first;
    return `${privileges} on ${named.join(', ')}${more} by a grant to ${via}; \`umami-db verify\` prints the statement that closes each`;
  });
}

/** Options of the command line for props of the construct that are not named as the prop is. */
const OPTIONS: Readonly<Record<string, string>> = {
  adminSecret: 'DATABASE_URL, PGUSER and PGPASSWORD, or --admin-secret',
  databaseRoleName: '--database-role',
  schemaName: '--schema',
};

/** A message as the command line prints it: options for props, and nothing is deployed. */
export function forCommandLine(message: string): string {
  return message
    .replace(
      /`(\w+)`/g,
      (_, prop: string) => OPTIONS[prop] ?? `--${prop.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    )
    .replace(/\bdeploy again/g, 'try again')
    .replace(/\bDeploy again/g, 'Try again');
}

/** An attempt that ended otherwise than expected, and why. */
export function attemptInWords({ attempt, object, outcome, reason, sqlstate, because }: ExplainedAttempt): string {
  const what = `${attempt}${object ? `, ${object}` : ''}`;
  if (outcome === 'not tried') return `not tried: ${what}: ${reason}${sqlstate ? ` (SQLSTATE ${sqlstate})` : ''}`;
  const why = because.map(inWords).join(' ');
  return `allowed: ${what}: ${why || 'no grant and no attribute of the database role explains it'}`;
}

/** How many escape attempts were made, and how they ended. */
export function attemptsInWords({ attempts }: Pick<IsolationReport, 'attempts'>): string {
  const made = attempts.filter(({ reason }) => reason !== NOTHING_TO_TRY);
  const kinds = (some: typeof attempts) => new Set(some.map(({ attempt }) => attempt)).size;
  const count = (outcome: string) => made.filter((one) => one.outcome === outcome).length;
  const without = kinds(attempts) - kinds(made);
  return `${made.length} escape attempts of ${kinds(made)} kinds were made as the database role: ${count('blocked')} blocked, ${count('allowed')} allowed, ${count('not tried')} not tried. For ${without} more kinds the server has nothing to try them on. --json shows each.`;
}
