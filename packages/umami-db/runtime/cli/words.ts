import type { Closure } from '../isolation/close-public';
import type { Finding } from '../isolation/finding';
import { NOTHING_TO_TRY } from '../isolation/try-attempts';
import type { ExplainedAttempt, IsolationReport } from '../isolation/verify-isolation';

/** What is reachable, by whom it was granted, what would close it, and whom that affects. */
export function inWords({ object, privileges, via, close, affects }: Finding): string {
  const others = affects.length > 0 ? `, which also affects ${affects.join(', ')}` : '';
  return `${privileges} on ${object} by a grant to ${via}; closed by: ${close};${others}`;
}

/** What PUBLIC loses, and who keeps it. */
export function closureInWords({ right, statements, keptBy }: Closure): string {
  const kept = keptBy.length > 0 ? `; ${keptBy.join(', ')} ${keptBy.length > 1 ? 'keep' : 'keeps'} it by name` : '';
  return `${right}, which PUBLIC has: ${statements.join('; ')};${kept}; a database role that is made later does not get it`;
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
