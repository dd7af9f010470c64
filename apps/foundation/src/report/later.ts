import type { Check, LaterCheck } from './check';

/** Title of what was checked after the rehearsal had changed the configuration, failed a deployment or destroyed. */
export const LATER = 'Later phases, with what the rehearsal changed';

/** One row a phase that counts what is right, and one for each check that failed. */
export function summariseLater(later: readonly LaterCheck[]): Check[] {
  return [...new Set(later.map(({ when }) => when))].flatMap((when) => {
    const ofPhase = later.filter((check) => check.when === when);
    const passed = ofPhase.filter(({ status }) => status === 'pass').map(({ id }) => id);
    const row: Check = { id: 'later', title: `As expected ${when}`, status: 'pass', evidence: passed.join(', ') };
    const failed = ofPhase.filter(({ status }) => status === 'fail');
    return [
      ...(passed.length > 0 ? [row] : []),
      ...failed.map((check) => ({ ...check, title: `${check.title}, ${when}` })),
    ];
  });
}
