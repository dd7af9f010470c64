import { withResourcesListedOnce } from '@user-metrics/foundation/account';
import type { Finding, Verified } from '@user-metrics/foundation/verification';
import type { CheckId } from '../report/check';
import type { Checklist } from '../report/checklist';
import type { Account } from './account';
import type { AccountCheck } from './checks/account-check';

/** Problems of one run of a check that are listed one by one. */
const SHOWN = 5;

/**
 * Runs the checks after each phase. A check passes when it found nothing wrong at any time while the user's own
 * configuration was deployed. Results after the rehearsal has changed the configuration are reported separately.
 */
export class Observations {
  private readonly seen = new Map<CheckId, { wrong: string[]; times: number }>();

  constructor(private readonly checklist: Checklist) {}

  /** @param when what has just been done, for the message */
  async check(account: Account, checks: readonly AccountCheck[], when: string): Promise<void> {
    const listed = withResourcesListedOnce(account);
    for (const check of checks) this.note(check.id, await runCheck(check, listed), when);
  }

  /**
   * The same when another configuration is deployed than the user's, or nothing any more.
   *
   * @param when what the rehearsal has done
   */
  async checkLater(account: Account, checks: readonly AccountCheck[], when: string): Promise<void> {
    const listed = withResourcesListedOnce(account);
    for (const check of checks) {
      const { applies = true, wrong: found, evidence, unknown, state } = await runCheck(check, listed);
      if (state === 'cannot be rehearsed') continue;
      const wrong = unknown === undefined ? found : [...found, unknown];
      const status = wrong.length > 0 ? 'fail' : applies ? 'pass' : 'not applicable';
      this.checklist.recordLater(when, check.id, status, wrong.length > 0 ? summary(wrong) : evidence);
    }
  }

  private note(id: CheckId, finding: Finding & Partial<Verified>, when: string): void {
    const { applies = true, waitsFor, unknown, lacking, evidence, state } = finding;
    if (!applies) {
      this.checklist.record(id, 'not applicable', evidence);
      return;
    }
    if (state === 'cannot be rehearsed') {
      this.checklist.record(id, state, lacking ?? evidence);
      return;
    }
    // The administrator of the rehearsal's account may read everything.
    const wrong = unknown === undefined ? finding.wrong : [...finding.wrong, unknown];
    const before = this.seen.get(id) ?? { wrong: [], times: 0 };
    const now = {
      wrong: [...before.wrong, ...(wrong.length > 0 ? [`${when}: ${summary(wrong)}`] : [])],
      times: before.times + 1,
    };
    this.seen.set(id, now);
    const suffix = now.times > 1 ? `; checked ${now.times} times` : '';
    if (waitsFor && now.wrong.length === 0) this.checklist.record(id, 'waiting', `${evidence}; ${waitsFor}`);
    else this.checklist.verdict(id, now.wrong, `${evidence}${suffix}`);
  }
}

/** The first of many say enough. */
function summary(wrong: readonly string[]): string {
  const [shown, more] = [wrong.slice(0, SHOWN), wrong.length - SHOWN];
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** A check that throws has failed. */
export async function runCheck(check: AccountCheck, account: Account): Promise<Finding & Partial<Verified>> {
  return check.run(account).catch((error: Error) => ({
    wrong: [`it could not be checked: ${error.name}: ${error.message}`],
    evidence: '',
  }));
}
