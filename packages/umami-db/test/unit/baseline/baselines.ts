import type { Baseline, BaselineIdentity, Figure } from '../../../runtime/baseline/baseline';

/** A baseline of Monday, 10 o'clock, with some differences. */
export function baselineOf(figures: readonly Figure[], identity: Partial<BaselineIdentity> = {}): Baseline {
  return {
    format: 1,
    identity: {
      database: 'shop',
      server: '17.4',
      aurora: '17.4.2',
      isStandby: false,
      instanceClass: 'db.r6g.large',
      startedAt: '2026-10-01T00:00:00.000Z',
      statsReset: { pg_stat_database: null },
      parameters: { work_mem: '4096 kB' },
      capturedAt: '2026-11-02T10:00:00.000Z',
      seconds: 60,
      hasUmami: false,
      ...identity,
    },
    figures,
    notRead: [],
  };
}

/** A week after {@link baselineOf}. */
export const AFTER: Partial<BaselineIdentity> = { capturedAt: '2026-11-09T10:00:00.000Z', hasUmami: true };

export function figureOf(samples: readonly number[], differing: Partial<Figure> = {}): Figure {
  return { name: 'commits', group: 'rates', of: 'cluster', unit: '1/s', worse: 'higher', samples, ...differing };
}

/** Random numbers from 0 to 1, the same in each run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
