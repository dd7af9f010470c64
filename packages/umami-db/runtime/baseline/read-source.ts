import type { ClientBase } from 'pg';
import { SQLSTATE } from '../connection/sqlstate';
import type { NotRead } from './baseline';
import type { Reading, Row, Source } from './source';

/** SQLSTATEs of what a release or a service does not have. Aurora refuses some views as not supported. */
const MISSING = new Set(['0A000', '42P01', '42703', '42883', '58P01']);

/** Whether the server refused a statement, and the connection goes on. */
export function isOfStatement(error: unknown): boolean {
  return /^(?!08|57P|XX)[0-9A-Z]{5}$/.test((error as DriverError).code ?? '');
}

type DriverError = Error & { readonly code?: string };

/**
 * Reads a source once.
 *
 * @returns why not, when the server refuses the statement
 * @throws the driver's error when the connection is gone
 */
export async function readSource(client: ClientBase, { what, sql }: Source): Promise<Reading | NotRead> {
  const start = performance.now();
  try {
    const { rows } = await client.query<Row>(sql);
    // The statistics are of some moment between.
    return { at: (start + performance.now()) / 2, rows: rows.map(withNumbers) };
  } catch (thrown) {
    const { code = '', message } = thrown as DriverError;
    if (!isOfStatement(thrown)) throw thrown;
    return { what, ...whyNot(code, message) };
  }
}

function whyNot(code: string, message: string): Omit<NotRead, 'what'> {
  const reason = `${message.replace(/\.$/, '')}.`;
  if (MISSING.has(code)) return { state: 'not applicable', reason };
  return code === SQLSTATE.insufficientPrivilege
    ? { state: 'unknown', reason, fix: 'grant pg_monitor to the database role that reads' }
    : { state: 'unknown', reason };
}

/** The driver gives numeric and bigint as text. */
function withNumbers(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, found]) => {
      if (column === 'of' || column === 'item' || found === null || found === undefined) return [column, found];
      if (column === 'reset') return [column, new Date(found as string).toISOString()];
      return [column, Number(found)];
    }),
  ) as unknown as Row;
}
