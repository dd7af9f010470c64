import { setTimeout } from 'node:timers/promises';
import { captureBaseline } from '../baseline/capture';
import { readIdentity } from '../baseline/identity';
import { certificateAuthorityOf } from '../cloudformation/index';
import { namesOf, parseProperties, type UmamiDatabaseProperties } from '../cloudformation/properties';
import { serverOf } from '../cloudformation/target';
import { connectAdministrator } from '../secret/connect-administrator';
import { Secrets } from '../secret/secrets-manager';
import type { FirstCapture } from '../verification/first-capture';
import { fitSnapshot } from '../verification/fit';
import { makeReadOnly } from '../verification/read-only';
import { takeDatabaseSnapshot } from '../verification/snapshot';

/** Milliseconds beside the window of the baseline, which a slow server makes twice as long. */
const TIME_LIMIT = 30_000;
const LONGEST_WINDOW = 2;

/** Length of that window in seconds, unless the properties say otherwise. */
const BASELINE_SECONDS = 30;

/** Bytes of a snapshot, so that its log lines stay a few dozen. */
const LARGEST = 1_000_000;

/**
 * Reads what the database has when neither Umami's schema nor its database role exists. It takes longer by its window, and
 * fails never.
 *
 * @param given properties as CloudFormation passes them
 * @returns null where one of them exists: it is not the first deployment, or continues one
 */
export async function captureFirst(
  given: { readonly [key: string]: unknown },
  timeLimit = TIME_LIMIT,
): Promise<FirstCapture | null> {
  const found: Writable<FirstCapture> = { capturedAt: new Date().toISOString(), notRead: [] };
  const ended = new AbortController();
  try {
    const properties = parseProperties(given);
    const seconds = Number(properties.BaselineSeconds ?? BASELINE_SECONDS);
    const limit = timeLimit + LONGEST_WINDOW * seconds * 1000;
    const late = setTimeout(limit, undefined, { signal: ended.signal }).then(() => {
      throw new Error(`it took longer than ${limit / 1000} seconds`);
    });
    return (await Promise.race([read(properties, { seconds, found, signal: ended.signal }), late])) ? null : found;
  } catch (error) {
    // The provisioning that follows says what is wrong.
    const what = found.snapshot ? 'The baseline was not measured' : 'The database was not read';
    return { ...found, notRead: [`${what} before the first DDL: ${(error as Error).message}`] };
  } finally {
    ended.abort();
  }
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** @returns whether Umami's schema or its database role exists, so that nothing was read */
async function read(
  properties: UmamiDatabaseProperties,
  {
    seconds,
    found,
    signal,
  }: { readonly seconds: number; readonly found: Writable<FirstCapture>; readonly signal: AbortSignal },
): Promise<boolean> {
  const server = serverOf(properties, certificateAuthorityOf(properties));
  const client = await connectAdministrator(server, () => new Secrets().admin(properties.AdminSecretArn));
  const end = () => client.end().catch(() => {});
  signal.addEventListener('abort', end);
  try {
    signal.throwIfAborted();
    await makeReadOnly(client);
    const umami = namesOf(properties);
    const { identity } = await readIdentity(client, umami);
    if (identity.hasUmami) return true;
    found.snapshot = fitSnapshot(await takeDatabaseSnapshot(client, umami), LARGEST);
    found.baseline = await captureBaseline(client, { umami, seconds, signal });
    return false;
  } finally {
    await end();
  }
}
