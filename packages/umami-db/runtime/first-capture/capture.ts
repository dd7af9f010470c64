import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';
import { certificateAuthorityOf } from '../cloudformation/index';
import { namesOf, parseProperties } from '../cloudformation/properties';
import { serverOf } from '../cloudformation/target';
import { connectAdministrator } from '../secret/connect-administrator';
import { Secrets } from '../secret/secrets-manager';
import { ledgerSchema } from '../target/names';
import type { FirstCapture } from '../verification/first-capture';
import { fitSnapshot } from '../verification/fit';
import { makeReadOnly } from '../verification/read-only';
import { takeDatabaseSnapshot } from '../verification/snapshot';

/** Milliseconds for all of it: a deployment is not delayed longer. */
const TIME_LIMIT = 30_000;

/** Bytes of a snapshot, so that its log lines stay a few dozen. */
const LARGEST = 1_000_000;

/**
 * Reads what the database has when neither Umami's schema nor its database role exists.
 *
 * @param given properties as CloudFormation passes them
 * @returns nothing where one of them exists: it is not the first deployment, or continues one
 */
export async function captureFirst(
  given: { readonly [key: string]: unknown },
  timeLimit = TIME_LIMIT,
): Promise<FirstCapture | undefined> {
  const capturedAt = new Date().toISOString();
  const ended = new AbortController();
  try {
    const late = setTimeout(timeLimit, undefined, { signal: ended.signal }).then(() => {
      throw new Error(`it took longer than ${timeLimit / 1000} seconds`);
    });
    return await Promise.race([read(given, capturedAt, ended.signal), late]);
  } catch (error) {
    // The provisioning that follows says what is wrong.
    return { capturedAt, notRead: [`The database was not read before the first DDL: ${(error as Error).message}`] };
  } finally {
    ended.abort();
  }
}

async function read(
  given: { readonly [key: string]: unknown },
  capturedAt: string,
  signal: AbortSignal,
): Promise<FirstCapture | undefined> {
  const properties = parseProperties(given);
  const server = serverOf(properties, certificateAuthorityOf(properties));
  const client = await connectAdministrator(server, () => new Secrets().admin(properties.AdminSecretArn));
  const end = () => client.end().catch(() => {});
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    await makeReadOnly(client);
    const names = namesOf(properties);
    if (await exists(client, names)) return undefined;
    const snapshot = fitSnapshot(await takeDatabaseSnapshot(client, names), LARGEST);
    return { capturedAt, snapshot, notRead: [] };
  } finally {
    await end();
  }
}

async function exists(client: Client, names: ReturnType<typeof namesOf>): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    `select exists (select from pg_namespace where nspname = any($1))
      or exists (select from pg_roles where rolname = $2) as exists`,
    [[names.schema, ledgerSchema(names)], names.databaseRole],
  );
  return rows[0]?.exists ?? false;
}
