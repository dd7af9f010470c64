import type { Client } from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { LOCK } from '../../../runtime/provision/lock';
import { createEvent } from '../../support/events';
import { ANSWERS, makeGate } from '../connection/gate';
import { eachCustomResource } from './custom-resource';

const resource = eachCustomResource();
let other: Client;

beforeEach(async () => {
  other = await resource.application.administer();
});

const create = (milliseconds: number, differing: object = {}) =>
  handler(createEvent({ ...resource.properties, ...differing }), { getRemainingTimeInMillis: () => milliseconds });

/** Sessions of the function. */
const sessions = () =>
  resource.application.query(
    `select pid from pg_stat_activity where application_name = 'user-metrics' and datname = current_database()`,
  );

describe('the function answers before its time is up', () => {
  test('when a statement waits: the server ends it, and the message names the step', async () => {
    const { database } = resource.application.target;
    await other.query(`begin; grant temporary on database ${database} to pg_monitor`);

    await expect(create(24_000)).rejects.toMatchObject({
      name: 'ProvisionError',
      message: expect.stringMatching(/^The step ".*" did not end within the time of a deployment: nothing of it was/),
    });
    await other.query('rollback');
    expect(await create(280_000)).toMatchObject({ Data: { Migrations: '26' } });
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('when another provisioning works, and leaves no session behind', async () => {
    await other.query(`select pg_advisory_lock(${LOCK})`);

    await expect(create(12_000)).rejects.toThrow('It was not done in the 12 seconds that the function has.');
    await other.query(`select pg_advisory_unlock(${LOCK})`);
    await expect.poll(sessions, { timeout: 20_000 }).toEqual([]);
    expect(await create(280_000)).toMatchObject({ Data: { Migrations: '26' } });
  });

  test('when the database keeps silent', async () => {
    const gate = await makeGate(ANSWERS.silent);

    await expect(create(11_000, { Port: String(gate.port) })).rejects.toThrow('It was not done in the 11 seconds');
    await gate.close();
  });
});
