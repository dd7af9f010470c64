import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { ADMIN_SECRET, createEvent, UMAMI_SECRET } from '../../support/events';
import { stateOf } from '../state';
import { eachCustomResource, INITIAL_TEXT } from './custom-resource';

// The pauses between two readings of the administrator's secret add up to 15 seconds. A mock of the module would reach
// other files of the worker.
beforeAll(() => {
  const wait = timers.setTimeout;
  vi.spyOn(timers, 'setTimeout').mockImplementation((milliseconds = 0) => wait(milliseconds / 50) as never);
  syncBuiltinESMExports();
});
afterAll(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const resource = eachCustomResource();

/** The error of a Create that has to fail without a change in the database. */
async function failure(differing: object = {}): Promise<Error> {
  const before = await stateOf(resource.application);
  const error = await handler(createEvent({ ...resource.properties, ...differing })).then(
    () => new Error('it did not fail'),
    (reason: Error) => reason,
  );
  expect(await stateOf(resource.application)).toEqual(before);
  return error;
}

describe('Create fails', () => {
  test('for a property that is missing, before anything is asked', async () => {
    expect((await failure({ DatabaseRole: undefined })).message).toBe(
      'Property DatabaseRole must be a text, got: undefined.',
    );
    expect(resource.manager.requests).toEqual([]);
  });

  test("with the administrator's password, which the error does not tell", async () => {
    const username = resource.application.administrator.user;
    resource.manager.values.set(ADMIN_SECRET, JSON.stringify({ username, password: 'out of date' }));
    const error = await failure();

    expect(error.name).toBe('ProvisionError');
    expect(error.message).toContain(`refuses user ${username}`);
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('out of date');
    // It may be rotated right now, so it is read again; not for ever.
    expect(resource.manager.requests).toEqual(Array(6).fill(`GetSecretValue ${ADMIN_SECRET}`));
  });

  test('without a secret of the administrator', async () => {
    resource.manager.values.delete(ADMIN_SECRET);

    expect((await failure()).message).toContain(`There is no secret ${ADMIN_SECRET}`);
  });

  test('before the database knows a password that could not be kept', async () => {
    const refusal = { status: 400, type: 'AccessDeniedException', message: 'not authorized to perform' };
    const { values, refusals } = resource.manager;
    refusals.push({ ...refusal, operation: 'PutSecretValue' });

    expect((await failure()).name).toBe('AccessDeniedException');
    expect(values.get(UMAMI_SECRET)).toBe(INITIAL_TEXT);
  });
});

describe('after a failure', () => {
  /** Something in the way of the last migration. */
  const obstacle = async () => {
    const administrator = await resource.application.administer();
    const mark = `'user-metrics owner: {"name":"Stack/test","id":"x"}'`;
    await administrator.query(`create schema umami; create type umami.session_replay_saved as (x int);
      comment on schema umami is ${mark}`);
  };

  test('the next run finds the password that was written, and uses it', async () => {
    await obstacle();
    await expect(handler(createEvent(resource.properties))).rejects.toThrow('already exists');
    const written = resource.secret();
    await resource.application.query('drop type umami.session_replay_saved');
    await handler(createEvent(resource.properties, 'request-2'));

    expect(resource.secret()).toEqual(written);
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('no administrator is made when there is to be none any more', async () => {
    await obstacle();
    await expect(handler(createEvent(resource.properties))).rejects.toThrow('already exists');
    await resource.application.query('drop type umami.session_replay_saved');
    await handler(createEvent({ ...resource.properties, UmamiAdministrator: 'none' }, 'request-2'));

    expect(await resource.asUmami('select * from "user"')).toEqual([]);
  });

  test('no connection is left behind', async () => {
    await obstacle();
    await expect(handler(createEvent(resource.properties))).rejects.toThrow('already exists');

    const open = `select 1 from pg_stat_activity where application_name = 'user-metrics' and datname = current_database()`;
    await expect.poll(() => resource.application.query(open), { timeout: 20_000 }).toEqual([]);
  });
});
