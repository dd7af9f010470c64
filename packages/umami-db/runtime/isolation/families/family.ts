/** Stands for a privilege of an attempt that every grant on its object allows. */
export const ANY_PRIVILEGE = 'any privilege';

/** What the database role tries in order to get out of its schema. */
export interface Attempt {
  /** e.g. `read rows of a table` */
  readonly name: string;
  /**
   * The attempt as SQL. A first row with a column `allowed` is the answer; without one, the attempt is allowed when the
   * statement succeeds. It runs in a transaction that is rolled back, unless it is {@link alone}.
   */
  readonly sql?: string;
  /**
   * SQL that gives the objects to try it on: `object` as a finding names it, `sql` as above, and `likely` for those to be
   * tried first. `(select schema from umami_schema)` are Umami's schemas. @default - it is tried once, with `sql`
   */
  readonly each?: string;
  /** What it is tried on when there is no `each`, as a finding names it. @default - nothing that has an access control list */
  readonly object?: string;
  /** The privilege that allows it, as PostgreSQL writes it, or {@link ANY_PRIVILEGE}. @default - no grant allows it, only who the role is */
  readonly privilege?: string;
  /** SQLSTATEs of failures behind the check of permissions: with these it counts as allowed. @default - none */
  readonly behind?: readonly string[];
  /**
   * Runs outside of a transaction, because PostgreSQL refuses it in one. Its statement asks for something that cannot be
   * done, so that it changes nothing even when it is permitted. @default false
   */
  readonly alone?: true;
  /** `sql` is the name of a database to sign in to. @default false */
  readonly signIn?: true;
  /** Why every database role may do it, and what bounds the harm. @default - it can be closed */
  readonly everybody?: string;
}

export interface Family {
  readonly name: string;
  /** Why an attacker would, in one sentence. */
  readonly why: string;
  /** Why the attempts change nothing, even those that succeed. */
  readonly safe: string;
  readonly attempts: readonly Attempt[];
}
