import { describe, expect } from 'vitest';
import { describeSchema } from '../../../runtime/catalog/describe-schema';
import { inspectAndPlan } from '../../../runtime/provision/plan';
import { script } from '../../../runtime/provision/script';
import type { Target } from '../../../runtime/target/target';
import umami340 from '../../fixtures/catalog-3.4.0.json';
import { type Application, PASSWORD } from '../application';
import { migrateByContainer, startContainer } from '../container';
import { hasPsql, psql } from '../psql';
import { stateOf } from '../state';
import { onDifferingReleases, onEveryRelease } from './on-every-release';

/** What an administrator is given to run. */
async function scriptFor(application: Application, differing: Partial<Target> = {}): Promise<string> {
  const { target, signIn } = application;
  const canSignIn = () =>
    signIn(target.databaseRole, PASSWORD).then(
      () => true,
      () => false,
    );
  // Those who are adopted keep their administrator.
  const seed = differing.adopt ? {} : { administratorPasswordHash: `it's` };
  const input = { password: PASSWORD, canSignIn, ...seed };
  return script(await inspectAndPlan(await application.administer(), { ...target, ...differing }, input), target);
}

const tablesOf = async (application: Application) =>
  (await describeSchema(await application.administer(), 'umami')).tables;

const NOTHING = /^-- .*: nothing to do\.\n$/;

describe.skipIf(!hasPsql)('a script that psql runs', () => {
  onEveryRelease('leads to where provisioning leads, and does nothing the second time', async (application) => {
    const first = await scriptFor(application);
    const result = await psql(application.administrator, first);
    expect(result).toEqual({ code: 0, complaints: '' });

    expect(await tablesOf(application)).toEqual(umami340.tables);
    expect(await startContainer(application)).toEqual([]);
    const before = await stateOf(application);
    expect(await application.provision()).toMatchObject({ applied: [], present: 26 });
    expect(await stateOf(application)).toEqual(before);
    const next = await scriptFor(application);
    expect(next).toMatch(NOTHING);
    expect((await psql(application.administrator, next)).code).toBe(0);
    // It was made for a database as it was; now its first statement fails, and undoes nothing.
    expect(await psql(application.administrator, first)).toMatchObject({
      code: 3,
      complaints: expect.stringContaining('already exists'),
    });
    expect(await stateOf(application)).toEqual(before);
  });

  onDifferingReleases('adopts an Umami as provisioning does', async (application) => {
    const container = await migrateByContainer(application, { version: '2.15', madeBy: 'administrator' });
    const result = await psql(application.administrator, await scriptFor(application, { adopt: true }));
    expect(result).toEqual({ code: 0, complaints: '' });

    expect(await tablesOf(application)).toEqual(umami340.tables);
    expect(await startContainer(application)).toEqual([]);
    expect(await startContainer(application, container)).toEqual([]);
    expect(await application.query('select name from umami.website')).toEqual([{ name: 'kept' }]);
    const before = await stateOf(application);
    expect(await application.provision()).toMatchObject({ applied: [], present: 26 });
    expect(await stateOf(application)).toEqual(before);
    expect(await scriptFor(application)).toMatch(NOTHING);
  });
});
