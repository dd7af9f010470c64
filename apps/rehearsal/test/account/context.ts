import type { Account } from '../../lib/src/account/account';
import { Observations } from '../../lib/src/account/observations';
import { CleanUp } from '../../lib/src/clean-up';
import type { RehearsalContext } from '../../lib/src/context';
import type { CheckId } from '../../lib/src/report/check';
import { Checklist } from '../../lib/src/report/checklist';

/** What the steps of a rehearsal in the account hand on to each other. */
export function contextOf(account: Account): RehearsalContext {
  const checklist = new Checklist();
  return {
    options: { configFile: 'unused', output: 'unused' },
    checklist,
    cleanUp: new CleanUp(),
    signal: new AbortController().signal,
    account,
    observations: new Observations(checklist),
  };
}

/** What a check that failed says. */
export const evidenceOf = ({ checklist }: RehearsalContext, id: CheckId) =>
  checklist.failed.find((check) => check.id === id)?.evidence;
