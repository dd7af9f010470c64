import type { Check, CheckStatus } from './check';

const ORDER: readonly CheckStatus[] = [
  'pass',
  'fail',
  'skipped',
  'waiting',
  'not implemented',
  'recorded only',
  'not applicable',
  'needs a real account',
];

/** How many checks have which status; those that none has are left out. */
export function countByStatus(checks: readonly Check[]): [CheckStatus, number][] {
  const counts = ORDER.map((status): [CheckStatus, number] => [
    status,
    checks.filter((check) => check.status === status).length,
  ]);
  return counts.filter(([, count]) => count > 0);
}
