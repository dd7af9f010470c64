import { setTimeout } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import { checkServer } from '../connection/server';
import type { Deleted } from './batches';
import { countOld } from './count-old';
import { deleteOld } from './delete-old';
import { type PurgedSchema, requireKnownSchema } from './schema';
import type { Subject } from './statements';
import { RETENTION_GROUPS, type RetentionGroup, tablesOf } from './tables';

/** Pause after a batch, as a share of its time: half of the time is for the other work of the server. */
const PAUSE = 1;

/** Milliseconds in which a batch that gets no lock is tried again. */
const LOCK_RETRY_TIME = 30_000;

export interface PurgeInput extends PurgedSchema {
  /** Age of the oldest rows that are kept, by group, as an interval of PostgreSQL, e.g. `13 months`. */
  readonly retention: { readonly [group in RetentionGroup]?: string };
  /** Deletes also what marks a replay as saved, when that is old: then the replay goes too. @default false */
  readonly savedReplays?: boolean;
  /** When it has to end, on the clock of `performance.now()`. @default - never */
  readonly deadline?: number;
  /** Only counts. @default false */
  readonly dryRun?: boolean;
  /** Time from which ages are counted. @default - by the clock of the server */
  readonly now?: string;
  /** Milliseconds in which a batch that gets no lock is tried again. @default 30000 */
  readonly lockRetryTime?: number;
  /** Waits between two batches, told how many milliseconds the last one took. @default - waits as long as that */
  readonly pause?: (milliseconds: number) => Promise<void>;
  /** Told when a table is done. */
  readonly onTable?: (table: PurgedTableReport) => void;
}

/** What was deleted of a table; of a dry run, what is older than the limit. */
export interface PurgedTableReport extends Deleted {
  readonly group: RetentionGroup;
  readonly table: string;
  /** The limit: what is older is deleted. */
  readonly before: string;
  /** Of a dry run: whether there are more rows than were counted. */
  readonly more?: boolean;
}

export interface PurgeReport {
  readonly tables: readonly PurgedTableReport[];
  /** Whether everything that is old was checked; if not, the next run continues. */
  readonly complete: boolean;
}

/**
 * Deletes rows that are older than a limit. It needs no more than SELECT, UPDATE and DELETE on the tables. A run that was
 * killed leaves nothing behind: each batch is a transaction, and the next run begins again with the oldest rows.
 *
 * @throws ProvisionError when the schema is not the owner's, is no release of Umami that is known, or is locked
 */
export async function purge(client: ClientBase, input: PurgeInput): Promise<PurgeReport> {
  const { schema, retention, savedReplays = false, dryRun = false, onTable } = input;
  await checkServer(client);
  const found = await requireKnownSchema(client, input);
  const existing = new Set(found.keys());
  const tables: PurgedTableReport[] = [];
  let complete = true;
  for (const group of RETENTION_GROUPS) {
    const age = retention[group];
    if (age === undefined) continue;
    const before = await limitOf(client, age, input.now);
    const batching = {
      before,
      deadline: input.deadline ?? Number.POSITIVE_INFINITY,
      lockRetryTime: input.lockRetryTime ?? LOCK_RETRY_TIME,
      pause: input.pause ?? ((milliseconds) => setTimeout(milliseconds * PAUSE)),
    };
    for (const purged of tablesOf(group, savedReplays)) {
      const table = found.get(purged.table);
      if (!table) continue;
      const subject: Subject = { ...purged, ...table, schema, existing };
      const { isDone, ...result } = dryRun
        ? { ...(await countOld(client, subject, batching)), isDone: true }
        : await deleteOld(client, subject, batching);
      const report = { group, table: purged.table, before, ...result };
      tables.push(report);
      onTable?.(report);
      complete &&= isDone;
    }
  }
  return { tables, complete };
}

/** Months are those of the calendar in UTC, whatever the time zone of the session. */
async function limitOf(client: ClientBase, age: string, now: string | undefined): Promise<string> {
  const { rows } = await client.query<{ before: string }>(
    `select to_char(coalesce($2::timestamptz, now()) at time zone 'UTC' - $1::interval, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as before`,
    [age, now],
  );
  return String(rows[0]?.before);
}
