import type { ClientBase } from 'pg';
import { isLockTimeout, retryingCollisions } from '../connection/collision';
import { isSqlstate } from '../connection/sqlstate';
import { inTransaction } from '../connection/transaction';
import { lockHolders } from '../inspection/lock-holders';
import { literal } from '../sql/identifiers';
import type { Section, Statement } from '../steps/statement';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';

/**
 * How long a statement waits for a lock: queries of Umami queue behind it meanwhile. Half of PostgreSQL's deadlock_timeout,
 * so that a query which waits for us and keeps us waiting is not ended as a deadlock.
 */
const LOCK_TIMEOUT = '500ms';

/** Milliseconds in which a transaction that gave up waiting for a lock is tried again. */
const LOCK_RETRY_TIME = 60_000;

/** How long a transaction outlives a process that stands still: others wait for its locks. */
const STANDSTILL = '60s';

/** What a section begins with, in its own transaction. A long migration must not be cut off by a setting of the administrator. */
export const TRANSACTION_SETTINGS: readonly string[] = [
  `set local lock_timeout = ${literal(LOCK_TIMEOUT)}`,
  'set local statement_timeout = 0',
  'set local search_path = pg_catalog',
  'set local standard_conforming_strings = on',
  `set local idle_in_transaction_session_timeout = ${literal(STANDSTILL)}`,
];

/** What a section is run with. */
export interface Execution {
  /** Told before each statement of a section; again when the section is tried again. */
  onStatement?(statement: Statement, index: number, count: number): void;
  /** When it has to be over, on the clock of `performance.now()`. The server itself sees to it. @default - never */
  readonly deadline?: number;
  /** Whose tables are in use when a lock is not had. @default - a message names no process */
  readonly target?: Pick<Target, 'schema'>;
  /** Milliseconds in which a transaction that gave up waiting for a lock is tried again. @default 60000 */
  readonly lockRetryTime?: number;
}

/** Runs a section in one transaction: all of it takes effect, or nothing. */
export async function execute(client: ClientBase, section: Section, execution: Execution = {}): Promise<void> {
  if (section.statements.length === 0) return;
  const { deadline = Number.POSITIVE_INFINITY, lockRetryTime = LOCK_RETRY_TIME } = execution;
  try {
    await retryingCollisions(
      () => once(client, section, execution),
      Math.min(lockRetryTime, deadline - performance.now()),
    );
  } catch (error) {
    if (isLockTimeout(error)) throw await inUse(client, section, execution, error);
    throw explained(error, section, execution);
  }
}

async function once(client: ClientBase, { statements }: Section, { onStatement, deadline }: Execution): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(TRANSACTION_SETTINGS.join('; '));
    const limit = limiter(client, deadline);
    for (const [index, statement] of statements.entries()) {
      onStatement?.(statement, index, statements.length);
      await limit();
      await client.query(statement.sql);
    }
  });
}

/** Tells the server what is left of the time, as often as that has become a second less. */
function limiter(client: ClientBase, deadline: number | undefined): () => Promise<void> {
  let told = Number.POSITIVE_INFINITY;
  return async () => {
    if (deadline === undefined) return;
    const left = Math.max(1, Math.floor(deadline - performance.now()));
    if (left > told - 1000) return;
    told = left;
    await client.query(`set local statement_timeout = ${left}`);
  };
}

function explained(error: unknown, { name }: Section, { deadline }: Execution): unknown {
  if (isSqlstate(error, 'queryCanceled') && deadline !== undefined) {
    return new ProvisionError(
      `The step "${name}" did not end within the time of a deployment: nothing of it was changed. Run it with the command line, which takes the time it needs: npx umami-db --help; then deploy again.`,
      { cause: error },
    );
  }
  return error;
}

async function inUse(
  client: ClientBase,
  { name }: Section,
  { target, lockRetryTime = LOCK_RETRY_TIME }: Execution,
  cause: unknown,
): Promise<ProvisionError> {
  const holders = target ? await lockHolders(client, { target, changes: true }) : '';
  return new ProvisionError(
    `The step "${name}" got no lock on what it changes within ${lockRetryTime / 1000} seconds: nothing of it was changed.${holders} Stop Umami, or wait until the transaction that is in the way ends, and run it again.`,
    { cause },
  );
}
