import type { ClientBase } from 'pg';
import { inTransaction } from '../connection/transaction';
import type { Attempt, Family } from './families/family';
import { umamiSchema } from './families/outside';

/** Whether PostgreSQL let the database role do it; `not tried` when another failure came first, or there is nothing. */
export type Outcome = 'blocked' | 'allowed' | 'not tried';

/** Outcome of an attempt on one object. */
export interface Tried {
  readonly family: string;
  readonly attempt: string;
  /** What it was tried on, as a finding names it. @default - on nothing in particular */
  readonly object?: string;
  /** The privilege that would allow it. @default - none would */
  readonly privilege?: string;
  readonly outcome: Outcome;
  /** SQLSTATE of the refusal. @default - it was allowed, or the catalog was asked */
  readonly sqlstate?: string;
  /** Why it was not tried. @default - it was */
  readonly reason?: string;
  /** Why every database role may do it, and what bounds the harm. @default - it was blocked, or can be closed */
  readonly everybody?: string;
}

/** Signs the database role in to a database, and out again. */
export type SignIn = (database: string) => Promise<void>;

/** Objects of a kind that an attempt is made on, those first that are open by the catalog; findRights asks about all of them. */
const MOST_OBJECTS = 5;

/** Why an attempt is not made on a server that has nothing of its kind. */
export const NOTHING_TO_TRY = 'there is none';

/** SQLSTATEs that mean no: insufficient privilege, refused by pg_hba.conf, feature that only others may use. */
const REFUSALS = new Set(['42501', '28000']);

/** What keeps an attempt from being felt: it gives up a lock at once, and ends soon. */
const BEGIN = `begin; set local lock_timeout = '100ms'; set local statement_timeout = '2s'`;

/**
 * Tries everything that the families hold, as the database role itself. Nothing is changed, not even by what succeeds;
 * each family says why.
 *
 * @param role a connection of the database role, used by nothing else meanwhile
 * @param schema Umami's schema
 */
export async function tryAttempts(
  role: ClientBase,
  schema: string,
  families: readonly Family[],
  signIn: SignIn,
): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const family of families) {
    for (const attempt of family.attempts) {
      const common = { family: family.name, attempt: attempt.name, privilege: attempt.privilege };
      const objects = await objectsFor(role, schema, attempt);
      if (objects.length === 0) tried.push({ ...common, outcome: 'not tried', reason: NOTHING_TO_TRY });
      for (const { object, sql } of objects) {
        const answer = await tryOnce(role, attempt, sql, signIn);
        const everybody = answer.outcome === 'allowed' ? attempt.everybody : undefined;
        tried.push({ ...common, object, ...answer, everybody });
      }
    }
  }
  return tried;
}

interface AttemptObject {
  readonly object?: string;
  readonly sql: string;
}

async function objectsFor(role: ClientBase, schema: string, { each, sql, object }: Attempt): Promise<AttemptObject[]> {
  if (!each) return [{ object, sql: sql ?? '' }];
  const text = `with ${umamiSchema('$1::text')} select object, sql from (${each}) as each order by likely desc, object limit ${MOST_OBJECTS}`;
  return (await role.query<{ object: string; sql: string }>(text, [schema])).rows;
}

type Answer = Pick<Tried, 'outcome' | 'sqlstate' | 'reason'>;

async function tryOnce(role: ClientBase, attempt: Attempt, sql: string, signIn: SignIn): Promise<Answer> {
  try {
    if (attempt.signIn) await signIn(sql);
    else if (attempt.alone) await role.query(sql);
    else return await inRolledBackTransaction(role, sql);
    return { outcome: 'allowed' };
  } catch (error) {
    // A sign-in that failed holds PostgreSQL's error as its cause.
    return classify(((error as Error).cause ?? error) as Error & { code?: string }, attempt);
  }
}

async function inRolledBackTransaction(role: ClientBase, sql: string): Promise<Answer> {
  const { rows } = await inTransaction(role, () => role.query<{ allowed?: boolean }>(sql), {
    begin: BEGIN,
    end: 'rollback',
  });
  return { outcome: rows?.[0]?.allowed === false ? 'blocked' : 'allowed' };
}

function classify({ code, message }: Error & { code?: string }, { behind = [] }: Attempt): Answer {
  if (code && REFUSALS.has(code)) return { outcome: 'blocked', sqlstate: code };
  if (code && behind.includes(code)) return { outcome: 'allowed' };
  return { outcome: 'not tried', reason: message, sqlstate: code };
}
