import { type Check, type CheckStatus, STATUSES } from './check';

/** `pass` first, and then the worst first. */
const ORDER: readonly CheckStatus[] = ['pass', ...STATUSES.slice(0, -1)];

/** How many checks have which status; those that none has are left out. */
export function countByStatus(checks: readonly Pick<Check, 'status'>[]): [CheckStatus, number][] {
  const counts = ORDER.map((status): [CheckStatus, number] => [
    status,
    checks.filter((check) => check.status === status).length,
  ]);
  return counts.filter(([, count]) => count > 0);
}
