import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { POSTGRES_VERSIONS } from '@user-metrics/postgres-server';
import { beforeAll, describe, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { handler } from '../../../runtime/cloudformation/index';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type CustomResource, makeCustomResource } from '../../integration/cloudformation/custom-resource';
import { migrateByContainer } from '../../integration/container';
import { serverOf } from '../../integration/server';
import { createEvent, deleteEvent } from '../../support/events';
import { environment } from '../../support/secrets-manager';
import { untilSessionsEnded } from './lane';
import { buildChild, startChild } from './provisioning-process';
import { momentsOf, statementsOf } from './statements';

let script: string;

beforeAll(async () => {
  script = await buildChild(mkdtempSync(join(tmpdir(), 'umami-db-crash-')));
});

/** What happens in each of the databases in which processes are killed. */
interface Killing {
  prepare(): Promise<CustomResource>;
  event(resource: CustomResource): Parameters<typeof handler>[0];
  recover(resource: CustomResource, at: string): Promise<void>;
}

/**
 * Kills processes with one event at one moment after another, each in a database that was made ready for it, after one
 * process that says what is sent. Of each kind of statement it is one moment: before one, and after the next one.
 *
 * @param step moments from one kill to the next, an odd number, for before and after take turns
 * @returns how many were killed
 */
async function killAtMoments(first: number, step: number, { prepare, event, recover }: Killing): Promise<number> {
  const inEach = async (work: (resource: CustomResource) => Promise<unknown>, at: string) => {
    const resource = await prepare();
    try {
      await work(resource);
      await recover(resource, at);
    } finally {
      await resource.close();
    }
  };
  let statements: string[] = [];
  await inEach(async (resource) => {
    statements = await statementsOf(() => handler(event(resource)));
  }, 'the end');
  const moments = momentsOf(statements)
    .filter((_, index) => index % 4 === 0 || index % 4 === 3)
    .filter((_, index) => index % step === first);
  for (const moment of moments)
    await inEach(async (resource) => {
      const { ending } = startChild(script, event(resource), environment(resource.manager), moment);
      expect(await ending).toMatchObject({ killed: true });
      await untilSessionsEnded(resource);
    }, `${moment.when} statement ${moment.at}`);
  return moments.length;
}

/** What the schema is, by its tables and by the number of migrations that its ledger says are finished. */
async function stageOf({ application }: CustomResource): Promise<{ tables: string; finished: number }> {
  const { tables } = await describeSchema(await application.administer(), 'umami');
  const [row] = await application.query<{ finished: number }>(
    'select count(*)::int as finished from umami._prisma_migrations where finished_at is not null',
  );
  return { tables: JSON.stringify(tables), finished: row?.finished ?? 0 };
}

const AFTERWARDS = { tables: JSON.stringify(umami340.tables), finished: 26 };

/** Each key of a session has a second row, which an upgrade deletes. */
const DUPLICATES = `insert into umami.session_data (session_data_id, website_id, session_id, data_key, data_type)
  select gen_random_uuid(), md5('w')::uuid, md5((n % 50)::text)::uuid, 'plan', 1 from generate_series(1, 100) n`;

/** The releases begin one after the other and share the moments among them. */
const RELEASES = POSTGRES_VERSIONS.map((version, index) => [version, index] as const);

describe('a process killed while it', () => {
  // The environment says where Secrets Manager is, so there is one of these at a time.
  test.each(RELEASES)(
    'adopts and upgrades leaves an Umami of before or after (PostgreSQL %s)',
    { timeout: 300_000 },
    async (version, first) => {
      const umamiVersion = first % 2 === 1 ? '2.9' : '3.1';
      let before = '';
      const stages = new Set<string>();
      // Few of them, for each takes an Umami that its container migrates.
      const kills = await killAtMoments(first * 2, RELEASES.length * 2 - 1, {
        prepare: async () => {
          const resource = await makeCustomResource(serverOf(version));
          await migrateByContainer(resource.application, { version: umamiVersion, madeBy: 'administrator' });
          if (umamiVersion === '3.1') await resource.application.query(DUPLICATES);
          before = JSON.stringify(await stageOf(resource));
          return resource;
        },
        event: ({ properties }) => createEvent({ ...properties, Adopt: 'true' }),
        recover: async (resource, at) => {
          const between = JSON.stringify(await stageOf(resource));
          expect([before, JSON.stringify(AFTERWARDS)], at).toContain(between);
          stages.add(between);
          await handler(createEvent({ ...resource.properties, Adopt: 'true' }));
          expect(await stageOf(resource)).toEqual(AFTERWARDS);
          expect(await resource.asUmami('select name from website')).toEqual([{ name: 'kept' }]);
          const kept = umamiVersion === '3.1' ? 50 : 0;
          expect(await resource.asUmami('select count(*)::int as kept from session_data')).toEqual([{ kept }]);
        },
      });

      expect(kills).toBeGreaterThan(5);
      expect(stages.size).toBe(2);
    },
  );

  test.each(RELEASES)(
    'destroys leaves what the next Delete removes (PostgreSQL %s)',
    { timeout: 300_000 },
    async (version, first) => {
      const event = ({ properties }: CustomResource) =>
        deleteEvent('umami-request-1', { ...properties, OnDelete: 'destroy' });
      const kills = await killAtMoments(first, RELEASES.length, {
        prepare: async () => {
          const resource = await makeCustomResource(serverOf(version));
          await handler(createEvent(resource.properties));
          return resource;
        },
        event,
        recover: async (resource, at) => {
          await handler(event(resource));
          expect(await resource.application.remains(), at).toEqual([]);
          expect(await resource.application.query('select count(*)::int as orders from app.orders')).toEqual([
            { orders: 1 },
          ]);
        },
      });

      expect(kills).toBeGreaterThan(1);
    },
  );
});
