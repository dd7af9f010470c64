import { REQUIREMENT_TEXTS } from '@user-metrics/foundation';
import type { Check, CheckStatus, LaterCheck } from '@user-metrics/foundation/report';
import { CHECKS, type CheckId, needsAccount } from './check';
import { NEEDS_ACCOUNT } from './needs-account';

/** Collects what became of the checks. */
export class Checklist {
  private readonly results = new Map<CheckId, Check>();
  private readonly laterResults: LaterCheck[] = [];
  private verified: ReadonlyMap<string, Check> = new Map();

  constructor() {
    for (const [id, command] of Object.entries(NEEDS_ACCOUNT))
      this.record(id as keyof typeof NEEDS_ACCOUNT, 'needs a real account', `In an account: ${command}`);
  }

  /** Records a check; evidence of a failed one says what is wrong. */
  record(id: CheckId, status: CheckStatus, evidence: string): void {
    this.results.set(id, { ...described(id), status, evidence });
  }

  /** Records `pass` with the evidence, or `fail` with all that is wrong. */
  verdict(id: CheckId, wrong: readonly string[], evidence: string): void {
    if (wrong.length === 0) this.record(id, 'pass', evidence);
    else this.record(id, 'fail', wrong.join('; '));
  }

  /** Records what a check gave after the rehearsal had changed something; what it gave before stays. */
  recordLater(when: string, id: CheckId, status: CheckStatus, evidence: string): void {
    this.laterResults.push({ id, title: CHECKS[id], status, evidence, when });
  }

  /** Records what `verify` says of the user's own configuration. */
  recordVerified(checks: readonly Check[]): void {
    this.verified = new Map(checks.map((check) => [check.id, check]));
  }

  /** Records for every check that needs an account why it does not run. */
  skipAccount(reason: string): void {
    for (const id of Object.keys(CHECKS) as CheckId[])
      if (needsAccount(id) && !this.results.has(id)) this.record(id, 'skipped', reason);
  }

  /** All checks, in order. */
  all(): Check[] {
    const ids = Object.keys(CHECKS) as CheckId[];
    return ids.map(
      (id) =>
        combined(this.results.get(id), this.verified.get(id)) ?? {
          ...described(id),
          status: 'waiting',
          evidence: 'not reached',
        },
    );
  }

  /** What was checked after the rehearsal had changed something. */
  later(): readonly LaterCheck[] {
    return this.laterResults;
  }

  get failed(): Check[] {
    return [...this.all(), ...this.laterResults].filter(({ status }) => status === 'fail');
  }
}

/** A check with the requirement that it is of. */
function described(id: CheckId): Pick<Check, 'id' | 'title' | 'text'> {
  const text = (REQUIREMENT_TEXTS as { readonly [id: string]: string })[id];
  return { id, title: CHECKS[id], ...(text === undefined ? {} : { text }) };
}

/** What `verify` decides; where it decides nothing, the rehearsal's own check does. */
const DECIDED: readonly CheckStatus[] = ['pass', 'fail', 'waiting'];

/** A criterion as `verify` reports it, unless the rehearsal's own check, with calls that only an emulator allows, has failed. */
function combined(own: Check | undefined, verified: Check | undefined): Check | undefined {
  if (!own || !verified) return own ?? verified;
  if (own.status === 'fail' || !DECIDED.includes(verified.status)) return own;
  const byRehearsal = own.status === 'pass' ? `; by the rehearsal: ${own.evidence}` : '';
  return { ...verified, evidence: `${verified.evidence}${byRehearsal}` };
}
