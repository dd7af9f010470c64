import type { ClientBase } from 'pg';
import type { Target } from '../target/target';
import { ANY_PRIVILEGE, type Family } from './families/family';
import { families as all } from './families/index';
import { findRights } from './find-rights';
import type { Finding } from './finding';
import { NOTHING_TO_TRY, type SignIn, type Tried, tryAttempts } from './try-attempts';

/** An attempt, and the ways that the catalog knows for it. */
export interface ExplainedAttempt extends Tried {
  /** What allows it, each with the statement that would close it. Empty when it is blocked, or everybody may do it. */
  readonly because: readonly Finding[];
}

/** What the database role can reach outside of its schema, asked and tried. */
export interface IsolationReport {
  readonly attempts: readonly ExplainedAttempt[];
  /** All that the catalog says; attempts are made on a few objects of each kind only. */
  readonly findings: readonly Finding[];
  /**
   * Whether nothing was allowed that is a fault of this database role: what everybody may do and what PUBLIC was granted
   * is none, an attempt that nothing explains is.
   */
  readonly isolated: boolean;
  /** Attempts that ended otherwise than expected, twice: allowed and a fault, or not tried though there is something to try. */
  readonly unexpected: readonly ExplainedAttempt[];
}

/**
 * Tries to get out of the schema in every way we know, as the database role itself, and explains each success. What ends
 * otherwise than expected is tried once more.
 *
 * @param role a connection of the database role, used by nothing else meanwhile
 * @param signIn signs the database role in to another database of the cluster, and out again
 * @param families what to try @default - everything
 */
export async function verifyIsolation(
  role: ClientBase,
  target: Pick<Target, 'databaseRole' | 'otherDatabaseRole' | 'schema'>,
  signIn: SignIn,
  families: readonly Family[] = all,
): Promise<IsolationReport> {
  const once = async (some: readonly Family[]) => {
    const findings = await findRights(role, target);
    const tried = await tryAttempts(role, target.schema, some, signIn);
    return { findings, attempts: tried.map((attempt) => ({ ...attempt, because: explain(attempt, findings) })) };
  };
  let { findings, attempts } = await once(families);
  const names = new Set(attempts.filter(isUnexpected).map(({ attempt }) => attempt));
  if (names.size > 0) {
    // What was made or dropped between the two questions, or was locked, is not so a second time.
    const again = await once(only(families, names));
    findings = again.findings;
    attempts = [...attempts.filter(({ attempt }) => !names.has(attempt)), ...again.attempts];
  }
  const isolated = !attempts.some(isFault) && !findings.some(({ fails }) => fails);
  return { attempts, findings, isolated, unexpected: attempts.filter(isUnexpected) };
}

function isFault({ outcome, everybody, because }: ExplainedAttempt): boolean {
  return outcome === 'allowed' && !everybody && (because.length === 0 || because.some(({ fails }) => fails));
}

function isUnexpected(attempt: ExplainedAttempt): boolean {
  return isFault(attempt) || (attempt.outcome === 'not tried' && attempt.reason !== NOTHING_TO_TRY);
}

function only(families: readonly Family[], names: ReadonlySet<string>): Family[] {
  return families.map((family) => ({ ...family, attempts: family.attempts.filter(({ name }) => names.has(name)) }));
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
  if (wanted === ANY_PRIVILEGE) return true;
  return held.split(', ').some((one) => one === 'OWNERSHIP' || one === wanted || one.startsWith(`${wanted} (`));
}
