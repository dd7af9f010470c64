import type { ClientBase } from 'pg';
import type { Target } from '../provision/target';
import { families as all } from './families/index';
import type { Family } from './family';
import { findRights } from './find-rights';
import type { Finding } from './finding';
import { type SignIn, type Tried, tryAttempts } from './try-attempts';

/** An attempt, and the ways that the catalog knows for it. */
export interface ExplainedAttempt extends Tried {
  /** What allows it, each with the statement that would close it. Empty when it is blocked, or everybody may do it. */
  readonly because: readonly Finding[];
}

/** What the database role can reach outside of its schema, asked and tried. */
export interface IsolationReport {
  readonly attempts: readonly ExplainedAttempt[];
  /** All that the catalog says; attempts are made on a few things of each kind only. */
  readonly findings: readonly Finding[];
  /**
   * Whether nothing was allowed that is a fault of this database role: what everybody may do and what PUBLIC was granted
   * is none, an attempt that nothing explains is.
   */
  readonly isolated: boolean;
}

/**
 * Tries to get out of the schema in every way we know, as the database role itself, and explains each success.
 *
 * @param role a connection of the database role, used by nothing else meanwhile
 * @param signIn signs the database role in to another database of the cluster, and out again
 * @param families what to try @default - everything
 */
export async function verifyIsolation(
  role: ClientBase,
  target: Pick<Target, 'databaseRole' | 'schema'>,
  signIn: SignIn,
  families: readonly Family[] = all,
): Promise<IsolationReport> {
  const findings = await findRights(role, target);
  const tried = await tryAttempts(role, target.schema, families, signIn);
  const attempts = tried.map((attempt) => ({ ...attempt, because: explain(attempt, findings) }));
  const faults = attempts.filter(
    ({ outcome, everybody, because }) =>
      outcome === 'allowed' && !everybody && (because.length === 0 || because.some(({ fails }) => fails)),
  );
  return { attempts, findings, isolated: faults.length === 0 && !findings.some(({ fails }) => fails) };
}

/** The grants that allow an attempt; when there is none, it is because of who the role is. */
function explain({ outcome, everybody, object, privilege }: Tried, findings: readonly Finding[]): readonly Finding[] {
  if (outcome !== 'allowed' || everybody) return [];
  const granted = findings.filter(
    (finding) => finding.object === object && privilege !== undefined && covers(finding.privileges, privilege),
  );
  return granted.length > 0 ? granted : findings.filter(({ family }) => family === 'roles');
}

/** Also by a privilege on some columns, or by owning it. */
function covers(held: string, wanted: string): boolean {
  return held.split(', ').some((one) => one === 'OWNERSHIP' || one === wanted || one.startsWith(`${wanted} (`));
}
