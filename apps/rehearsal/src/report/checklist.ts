import { CHECKS, type Check, type CheckId, type CheckStatus } from './check';

/** Collects what became of the checks. */
export class Checklist {
  private readonly results = new Map<CheckId, Check>();

  /** Records a check; evidence of a failed one says what is wrong. */
  record(id: CheckId, status: CheckStatus, evidence: string): void {
    this.results.set(id, { id, title: CHECKS[id], status, evidence });
  }

  /** Records `pass` with the evidence, or `fail` with all that is wrong. */
  verdict(id: CheckId, wrong: readonly string[], evidence: string): void {
    if (wrong.length === 0) this.record(id, 'pass', evidence);
    else this.record(id, 'fail', wrong.join('; '));
  }

  /** All checks, in order. */
  all(): Check[] {
    const ids = Object.keys(CHECKS) as CheckId[];
    return ids.map(
      (id) => this.results.get(id) ?? { id, title: CHECKS[id], status: 'waiting', evidence: 'not reached' },
    );
  }

  get failed(): Check[] {
    return this.all().filter(({ status }) => status === 'fail');
  }
}
