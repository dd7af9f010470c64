import type { ClientBase } from 'pg';
import type { Figure } from './baseline';
import { quantile } from './statistics/quantile';

/** What is timed. The second one is an indexed read of a catalog, the same row of the same pages each time: see decision 150. */
const PROBES = {
  'select 1': 'select 1',
  'indexed read of a catalog': `select proname from pg_proc where oid = 'now()'::regprocedure`,
} as const;

const PERCENTILES = [50, 95, 99] as const;

/** Times of one batch by probe, in milliseconds. */
export type Latency = Readonly<Record<string, readonly number[]>>;

/** Sends each probe so many times and measures how long the answers take, the network included. */
export async function measureLatency(client: ClientBase, count: number): Promise<Latency> {
  // One transaction: the measurement is not to be a large part of the commits that it measures.
  await client.query('begin read only');
  const times: Record<string, number[]> = {};
  try {
    for (const [probe, text] of Object.entries(PROBES)) {
      const ofProbe: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const start = performance.now();
        await client.query({ name: `user-metrics ${probe}`, text });
        ofProbe.push(performance.now() - start);
      }
      times[probe] = ofProbe;
    }
  } finally {
    await client.query('commit').catch(() => {});
  }
  return times;
}

export function latencyFigures(batches: readonly Latency[]): Figure[] {
  if (batches.length === 0) return [];
  return Object.keys(PROBES).flatMap((probe) =>
    PERCENTILES.map((percentile) => ({
      name: `${probe}, p${percentile}`,
      group: 'latency' as const,
      of: 'cluster' as const,
      unit: 'ms',
      worse: 'higher' as const,
      relevant: 0.5,
      samples: batches.map((batch) => Number(quantile(batch[probe] ?? [], percentile / 100).toPrecision(4))),
    })),
  );
}
