import type { CheckId } from '../report/check';
import type { Checklist } from '../report/checklist';
import type { Account } from './account';
import type { AccountCheck, Finding } from './checks/account-check';

/** Problems of one look that are told one by one. */
const SHOWN = 5;

/** Looks at the account again and again: a check passes when nothing was wrong at any time. */
export class Observations {
  private readonly seen = new Map<CheckId, { wrong: string[]; times: number }>();

  constructor(private readonly checklist: Checklist) {}

  /** @param when what has just been done, for the message */
  async look(account: Account, checks: readonly AccountCheck[], when: string): Promise<void> {
    for (const check of checks) this.note(check.id, await lookAt(check, account), when);
  }

  private note(id: CheckId, { applies = true, wrong, evidence }: Finding, when: string): void {
    if (!applies) {
      this.checklist.record(id, 'not applicable', evidence);
      return;
    }
    const before = this.seen.get(id) ?? { wrong: [], times: 0 };
    const now = {
      wrong: [...before.wrong, ...(wrong.length > 0 ? [`${when}: ${summary(wrong)}`] : [])],
      times: before.times + 1,
    };
    this.seen.set(id, now);
    const suffix = now.times > 1 ? `; looked at ${now.times} times` : '';
    this.checklist.verdict(id, now.wrong, `${evidence}${suffix}`);
  }
}

/** The first of many say enough. */
function summary(wrong: readonly string[]): string {
  const [shown, more] = [wrong.slice(0, SHOWN), wrong.length - SHOWN];
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** What cannot be looked at is wrong. */
export async function lookAt(check: AccountCheck, account: Account): Promise<Finding> {
  return check.look(account).catch((error: Error) => ({
    wrong: [`it could not be looked at: ${error.name}: ${error.message}`],
    evidence: '',
  }));
}
