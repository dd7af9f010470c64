import type { ClientBase } from 'pg';
import { literal } from '../sql/identifiers';
import { ProvisionError } from './provision-error';
import type { Section, Statement } from './statement';

/** How long a statement waits for a table in use: others queue behind it meanwhile. */
const TABLE_IN_USE = '10s';

/** SQLSTATE of a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/** What a section begins with, in its own transaction. A long migration must not be cut off by a setting of the administrator. */
export const TRANSACTION_SETTINGS: readonly string[] = [
  `set local lock_timeout = ${literal(TABLE_IN_USE)}`,
  'set local statement_timeout = 0',
  'set local idle_in_transaction_session_timeout = 0',
];

/** Told before each statement of a section. */
export type OnStatement = (statement: Statement, index: number, count: number) => void;

/** Runs a section in one transaction: all of it takes effect, or nothing. */
export async function execute(
  client: ClientBase,
  section: Section,
  onStatement: OnStatement = () => {},
): Promise<void> {
  const { statements } = section;
  if (statements.length === 0) return;
  await client.query('begin');
  try {
    for (const setting of TRANSACTION_SETTINGS) await client.query(setting);
    for (const [index, statement] of statements.entries()) {
      onStatement(statement, index, statements.length);
      await client.query(statement.sql);
    }
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw explained(error, section);
  }
}

function explained(error: unknown, { name }: Section): unknown {
  if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) return error;
  return new ProvisionError(
    `Something that ${name} needs was in use for more than ${TABLE_IN_USE}: nothing of it was changed. Stop Umami, or wait until the long transaction ends, and run it again.`,
    { cause: error },
  );
}
