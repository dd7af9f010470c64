import { expect } from 'vitest';
import { captureBaseline } from '../../../runtime/baseline/capture';
import { onEveryRelease } from './on-every-release';

/** Views that a release does not have. */
const LACKING: Readonly<Record<string, readonly string[]>> = { '14': ['pg_stat_io'], '15': ['pg_stat_io'] };

onEveryRelease('a baseline holds what the release counts, and says what it lacks', async (application, version) => {
  const { target, administrator } = application;
  await application.query(`grant pg_monitor to ${administrator.user}; create extension pg_stat_statements`);
  const client = await application.administer();
  const { identity, figures, notRead } = await captureBaseline(client, {
    umami: target,
    samples: 2,
    wait: async () => {},
  });
  const lacking = notRead.filter(({ state }) => state === 'not applicable').map(({ what }) => what);

  expect(identity.server).toMatch(new RegExp(`^${version}\\.`));
  expect(lacking).toEqual(['time of reads and writes', ...(LACKING[version] ?? [])]);
  expect(notRead.filter(({ state }) => state === 'unknown')).toEqual([
    expect.objectContaining({
      what: 'pg_stat_statements',
      reason: expect.stringContaining('shared_preload_libraries'),
    }),
    expect.objectContaining({ what: 'statements since the reset of pg_stat_statements' }),
  ]);
  expect(new Set(figures.map(({ group }) => group))).toEqual(
    new Set(['connections', 'io', 'latency', 'rates', 'sizes', 'waits']),
  );
  expect(
    figures.filter(({ source }) => source?.startsWith('pg_stat_') && source.match(/bgwriter|checkpointer/)),
  ).toHaveLength(4);
});
