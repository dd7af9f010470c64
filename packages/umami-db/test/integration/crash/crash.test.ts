import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { handler } from '../../../runtime/cloudformation/index';
import umami310 from '../../fixtures/catalog-3.1.0.json';
import { createEvent, UMAMI_SECRET } from '../../support/events';
import { environment } from '../../support/secrets-manager';
import { type CustomResource, INITIAL_TEXT, makeCustomResource } from '../cloudformation/custom-resource';
import type { Moment } from './child';
import { buildChild, startChild } from './provisioning-process';
import { type Start, startOfUmami } from './start-of-umami';

/** Kills at any moment, beside those at every statement. */
const RANDOM_RUNS = 60;

let script: string;
let resource: CustomResource;
let runs = 0;

beforeAll(async () => {
  script = await buildChild(mkdtempSync(join(tmpdir(), 'umami-db-crash-')));
});

beforeEach(async () => {
  resource = await makeCustomResource();
});

afterEach(() => resource.close());

// The acceptance is a number of runs; that there are as many statements is not a matter of course.
afterAll(() => expect(runs).toBeGreaterThanOrEqual(200));

const event = () => createEvent(resource.properties);

/** The server ends a session soon after its client is gone: what it was doing is done or undone then. */
async function untilSessionsEnded(): Promise<void> {
  const left = `select count(*)::int as left from pg_stat_activity where application_name = 'user-metrics' and datname = current_database()`;
  for (;;) {
    const [row] = await resource.application.query<{ left: number }>(left);
    if (row?.left === 0) return;
    await setTimeout(2);
  }
}

/** After a kill: what Umami would do now, and that one more run completes. Answers with what is wrong. */
async function recover(): Promise<{ start: Start; problems: string[] }> {
  runs += 1;
  await untilSessionsEnded();
  const start = await startOfUmami(resource);
  await handler(event());
  const problems = start === 'half' ? ['Umami would have started half-migrated'] : [];
  const described = await describeSchema(await resource.application.administer(), 'umami');
  if (JSON.stringify(described) !== JSON.stringify(umami310)) problems.push('the catalog differs');
  if ((await startOfUmami(resource)) !== 'runs') problems.push('Umami does not run');
  if (!(await resource.administratorSignsIn())) problems.push('the administrator of Umami does not sign in');
  return { start, problems };
}

async function removeEverything(): Promise<void> {
  const { application, manager } = resource;
  const { databaseRole } = application.target;
  await application.query(
    `drop schema umami, umami_migrations cascade; drop owned by ${databaseRole}; drop role ${databaseRole}`,
  );
  manager.values.set(UMAMI_SECRET, INITIAL_TEXT);
}

async function dieAt(moment: Moment): Promise<boolean> {
  const { ending } = startChild(script, event(), environment(resource.manager), moment);
  return (await ending).killed;
}

test.each(['before', 'after'] as const)(
  'a process killed %s any statement is sent leaves nothing that the next run does not complete',
  { timeout: 400_000 },
  async (when) => {
    const wrong: object[] = [];
    const starts: Start[] = [];
    for (let at = 1; await dieAt({ at, when }); at += 1) {
      const { start, problems } = await recover();
      if (problems.length > 0) wrong.push({ at, problems });
      starts.push(start);
      await removeEverything();
    }

    expect(wrong).toEqual([]);
    // It goes from nothing to everything without a step between them.
    expect([...new Set(starts)]).toEqual(['cannot sign in', 'sees no ledger', 'runs']);
  },
);

test('a process killed at any moment leaves nothing that the next run does not complete', {
  timeout: 400_000,
}, async () => {
  const begin = performance.now();
  await startChild(script, event(), environment(resource.manager)).ending;
  const whole = performance.now() - begin;
  await removeEverything();
  const wrong: object[] = [];
  for (let run = 0; run < RANDOM_RUNS; run += 1) {
    const { child, ending } = startChild(script, event(), environment(resource.manager));
    const milliseconds = Math.random() * whole;
    await setTimeout(milliseconds);
    child.kill('SIGKILL');
    await ending;
    const { problems } = await recover();
    if (problems.length > 0) wrong.push({ milliseconds, problems });
    await removeEverything();
  }

  expect(wrong).toEqual([]);
});
