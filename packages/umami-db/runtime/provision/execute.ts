import type { ClientBase } from 'pg';
import { literal } from '../sql/identifiers';
import { retryingCollisions } from './collision';
import { ProvisionError } from './provision-error';
import type { Section, Statement } from './statement';

/** How long a statement waits for a table in use: others queue behind it meanwhile. */
const TABLE_IN_USE = '10s';

/** How long a transaction outlives a process that stands still: others wait for its locks. */
const STANDSTILL = '60s';

/** SQLSTATE of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** SQLSTATE of a statement that was cancelled, here by its timeout. */
const CANCELLED = '57014';

/** What a section begins with, in its own transaction. A long migration must not be cut off by a setting of the administrator. */
export const TRANSACTION_SETTINGS: readonly string[] = [
  `set local lock_timeout = ${literal(TABLE_IN_USE)}`,
  'set local statement_timeout = 0',
  `set local idle_in_transaction_session_timeout = ${literal(STANDSTILL)}`,
];

/** What a section is run with. */
export interface Execution {
  /** Told before each statement of a section; again when the section is tried again. */
  onStatement?(statement: Statement, index: number, count: number): void;
  /** When it has to be over, on the clock of `performance.now()`. The server itself sees to it. @default - never */
  readonly deadline?: number;
}

/** Runs a section in one transaction: all of it takes effect, or nothing. */
export async function execute(client: ClientBase, section: Section, execution: Execution = {}): Promise<void> {
  if (section.statements.length === 0) return;
  try {
    await retryingCollisions(() => once(client, section, execution));
  } catch (error) {
    throw explained(error, section, execution);
  }
}

async function once(client: ClientBase, { statements }: Section, { onStatement, deadline }: Execution): Promise<void> {
  await client.query('begin');
  try {
    for (const setting of TRANSACTION_SETTINGS) await client.query(setting);
    const limit = limiter(client, deadline);
    for (const [index, statement] of statements.entries()) {
      onStatement?.(statement, index, statements.length);
      await limit();
      await client.query(statement.sql);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
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
  const { code } = error as { code?: string };
  if (code === LOCK_NOT_AVAILABLE) {
    return new ProvisionError(
      `Something that ${name} needs was in use for more than ${TABLE_IN_USE}: nothing of it was changed. Stop Umami, or wait until the long transaction ends, and run it again.`,
      { cause: error },
    );
  }
  if (code === CANCELLED && deadline !== undefined) {
    return new ProvisionError(
      `The step "${name}" did not end within the time of a deployment: nothing of it was changed. Run it with the command line, which takes the time it needs: npx umami-db --help; then deploy again.`,
      { cause: error },
    );
  }
  return error;
}
