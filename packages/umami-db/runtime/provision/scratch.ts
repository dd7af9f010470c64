import { randomBytes } from 'node:crypto';
import type { ClientBase } from 'pg';
import { isSqlstate } from '../connection/sqlstate';
import { inTransaction, TRIED } from '../connection/transaction';
import { name } from '../sql/identifiers';
import { ProvisionError } from '../target/provision-error';
import { explainFailure, isCut } from './explain-failure';

/**
 * Works in a scratch schema, in a transaction that is rolled back.
 *
 * @throws ProvisionError when the administrator may not create a schema
 */
export async function inScratch<T>(client: ClientBase, work: (scratch: string) => Promise<T>): Promise<T> {
  const scratch = `umami_scratch_${randomBytes(6).toString('hex')}`;
  const inSchema = async () => {
    await client.query(`create schema ${name(scratch)}`).catch((error) => {
      // What an event trigger may not do has a context.
      throw isSqlstate(error, 'insufficientPrivilege') && !error.where ? mayNotTry(error) : error;
    });
    return work(scratch);
  };
  return inTransaction(client, inSchema, TRIED);
}

function mayNotTry(error: Error): ProvisionError {
  return new ProvisionError(
    `To find out the release of the tables, or to try the migrations of a folder, migrations run in a scratch schema, in a transaction that is rolled back; the administrator may not create a schema: ${error.message}. Nothing was changed. Let the owner of the database grant it CREATE.`,
    { cause: error },
  );
}

/** Statements of each kind that the migrations consist of, in an empty schema. */
const TRIAL = [
  'create table trial (id int primary key)',
  'alter table trial add name text',
  'create index trial_name_idx on trial (name)',
  'drop table trial',
];

/**
 * Finds out before anything is changed whether tables can be created and altered: an event trigger may forbid it, or the
 * disk be full.
 *
 * @throws ProvisionError with PostgreSQL's reason
 */
export async function requireTables(client: ClientBase): Promise<void> {
  try {
    await inScratch(client, async (scratch) => {
      await client.query(`set local search_path = ${name(scratch)}`);
      for (const sql of TRIAL) await client.query(sql);
    });
  } catch (error) {
    // The owner of the schemas does not need the privilege to create one.
    if (error instanceof ProvisionError) return;
    const explained = explainFailure(error);
    if (isCut(error) || !(explained instanceof ProvisionError)) throw explained;
    throw new ProvisionError(`A table was created on trial, and nothing was changed. ${explained.message}`, {
      cause: error,
    });
  }
}
