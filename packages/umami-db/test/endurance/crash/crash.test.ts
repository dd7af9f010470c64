import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { POSTGRES_VERSIONS } from '@user-metrics/postgres-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { makeCustomResource } from '../../integration/cloudformation/custom-resource';
import { serverOf } from '../../integration/server';
import { createEvent } from '../../support/events';
import { type Aftermath, type Lane, makeLane } from './lane';
import { buildChild } from './provisioning-process';
import { momentsOf, statementsOf } from './statements';

/** Kills at any moment, beside those at statements. */
const RANDOM_RUNS = 50;

/** Releases on which processes are killed at the same time, each in a database of its own. */
const LANES = POSTGRES_VERSIONS.length;

let script: string;
let runs = 0;

beforeAll(async () => {
  script = await buildChild(mkdtempSync(join(tmpdir(), 'umami-db-crash-')));
});

// The acceptance is a number of runs; that there are as many kinds of statements is not a matter of course.
afterAll(() => expect(runs).toBeGreaterThanOrEqual(200));

/** Kills once and again in each lane until it answers that nothing was killed; what came of it, by moment. */
async function inLanes(
  umamiAdministrator: 'generated' | 'none',
  kill: (lane: Lane) => Promise<string | undefined>,
): Promise<Map<string, Aftermath>> {
  const aftermaths = new Map<string, Aftermath>();
  const lanes: Lane[] = [];
  for (const version of POSTGRES_VERSIONS) lanes.push(await makeLane(script, umamiAdministrator, serverOf(version)));
  try {
    await Promise.all(
      lanes.map(async (lane) => {
        for (let moment = await kill(lane); moment !== undefined; moment = await kill(lane)) {
          aftermaths.set(moment, await lane.recover());
          runs += 1;
        }
      }),
    );
  } finally {
    for (const lane of lanes) await lane.close();
  }
  return aftermaths;
}

function wrong(aftermaths: Map<string, Aftermath>): [string, readonly string[]][] {
  return [...aftermaths]
    .map(([moment, { problems }]) => [moment, problems] as [string, readonly string[]])
    .filter(([, problems]) => problems.length > 0);
}

/** What a process sends to provision, on any release: they differ in no statement of it. */
async function statementsOfProvisioning(): Promise<string[]> {
  const resource = await makeCustomResource();
  const event = createEvent({ ...resource.properties, UmamiAdministrator: 'none' });
  try {
    return await statementsOf(() => handler(event));
  } finally {
    await resource.close();
  }
}

test('a process killed at a statement of any kind leaves nothing that the next run does not complete', {
  timeout: 600_000,
}, async () => {
  const moments = momentsOf(await statementsOfProvisioning());
  const aftermaths = await inLanes('none', async (lane) => {
    const moment = moments.shift();
    if (!moment) return undefined;
    // A statement that was just sent is done or not: as before it, or as before the next one.
    expect(await lane.start(moment).ending).toMatchObject({ killed: true });
    return `${moment.when} statement ${moment.at}`;
  });

  expect(wrong(aftermaths)).toEqual([]);
  // It goes from nothing to everything without a step between them.
  const starts = new Set([...aftermaths.values()].map(({ start }) => start));
  expect([...starts].sort()).toEqual(['cannot sign in', 'runs', 'sees no ledger']);
});

test('a process killed at any moment leaves nothing that the next run does not complete', {
  timeout: 600_000,
}, async () => {
  let left = RANDOM_RUNS;
  let whole = 0;
  const aftermaths = await inLanes('generated', async (lane) => {
    left -= 1;
    if (left < 0) return undefined;
    const run = RANDOM_RUNS - left;
    const begin = performance.now();
    const { child, ending } = lane.start();
    // The first ones run to their end, and say how long that takes.
    const moment = whole * Math.random();
    const timer = run <= LANES ? undefined : setTimeout(moment).then(() => child.kill('SIGKILL'));
    await Promise.all([ending, timer]);
    whole = Math.max(whole, run <= LANES ? performance.now() - begin : 0);
    return `run ${run} after ${Math.round(moment)} ms`;
  });

  expect(wrong(aftermaths)).toEqual([]);
  expect(aftermaths.size).toBe(RANDOM_RUNS);
});
