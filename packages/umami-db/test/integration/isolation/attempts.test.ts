import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { families } from '../../../runtime/isolation/families/index';
import { findRights } from '../../../runtime/isolation/find-rights';
import { DIFFERING_RELEASES, isTestAll, TESTED_RELEASES } from '../tested-releases';
import type { Breach } from './breach';
import { breaches } from './breaches/index';
import { type Fortress, makeFortress } from './fortress';

const LOADED = { shared_preload_libraries: 'pg_stat_statements' };

describe.each(TESTED_RELEASES)('on PostgreSQL %s', (version) => {
  let fortress: Fortress;

  beforeAll(async () => {
    fortress = await makeFortress(version, LOADED);
    await fortress.run('create schema monitoring; create extension pg_stat_statements schema monitoring');
    await fortress.run(`alter database application owner to postgres; alter schema public owner to postgres`);
    // What PostgreSQL itself grants to PUBLIC would hide what a breach opens.
    for (const { family, via, close } of await findRights(fortress.administrator, fortress.target))
      if (via === 'PUBLIC' && ['creation', 'databases'].includes(family)) await fortress.run(close);
  });

  afterAll(() => fortress.close());

  /** What came of one attempt, on whatever it was made. */
  async function attempt(family: string, name: string) {
    const found = families.filter((one) => one.name === family);
    const only = found.map((one) => ({ ...one, attempts: one.attempts.filter((each) => each.name === name) }));
    const { attempts } = await fortress.verify(only);
    return attempts.filter(({ outcome }) => outcome === 'allowed');
  }

  /** The attack for real, undone. */
  async function attack({ attack }: Breach): Promise<void> {
    if (!attack) return;
    await fortress.role().query('begin');
    try {
      await fortress.role().query(attack);
    } finally {
      await fortress.role().query('rollback');
    }
  }

  // One of each family; in test:all also what begins with the release, and all of them on the first and the last one.
  const isWhole = isTestAll && DIFFERING_RELEASES.includes(version);
  const tested = Object.entries(breaches).flatMap(([family, list]) =>
    list
      .filter(({ since }, index) => isWhole || index === 0 || (isTestAll && since === Number(version)))
      .map((breach) => ({ family, ...breach })),
  );

  test.each(tested.filter(({ since = 0 }) => since <= Number(version)))(
    '$family: $attempt, after: $open',
    async ({ family, ...breach }) => {
      expect(await attempt(family, breach.attempt)).toEqual([]);
      if (breach.attack) await expect(attack(breach)).rejects.toThrow();
      await fortress.run(breach.open);
      await fortress.signInAgain();
      const allowed = await attempt(family, breach.attempt);
      expect(allowed.length).toBeGreaterThan(0);
      await attack(breach);
      const closing = new Set(allowed.flatMap(({ because }) => because.map(({ close }) => close)));
      expect(closing.size).toBeGreaterThan(0);
      for (const statement of closing) await fortress.run(statement);
      await fortress.signInAgain();

      expect(await attempt(family, breach.attempt)).toEqual([]);
      if (breach.attack) await expect(attack(breach)).rejects.toThrow();
      await fortress.run(
        `revoke usage on schema app, monitoring from public; revoke usage on schema app from umami_user; ${breach.after ?? ''}`,
      );
    },
  );
});

test('there is a server on which it succeeds for every attempt that can be closed', () => {
  const closable = families.flatMap(({ name, attempts }) =>
    attempts.filter(({ everybody }) => !everybody).map((attempt) => `${name}: ${attempt.name}`),
  );
  const proven = Object.entries(breaches).flatMap(([family, list]) =>
    list.map(({ attempt }) => `${family}: ${attempt}`),
  );

  expect([...new Set(proven)].sort()).toEqual(closable.sort());
});
