import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { ADMIN_SECRET, createEvent, deleteEvent } from '../../support/events';
import { ANSWERS, makeGate } from '../connection/gate';
import { execute, freshDatabase } from '../server';
import { eachCustomResource } from './custom-resource';

const ID = 'umami-request-1';

/** A label longer than a name may have: no server is asked, so that the answer is the same without a network. */
const NOWHERE = `${'x'.repeat(64)}.invalid`;

const KEEP =
  /To keep schema, data and database role instead: .* aws cloudformation delete-stack --stack-name Stack --retain-resources UmamiDatabase$/;

const resource = eachCustomResource();
let properties: Readonly<Record<string, string>>;

beforeEach(async () => {
  properties = { ...resource.properties, OnDelete: 'destroy' };
  await handler(createEvent(properties));
});

const remove = (differing: object = {}, milliseconds?: number) =>
  handler(
    deleteEvent(ID, { ...properties, ...differing }),
    milliseconds === undefined ? undefined : { getRemainingTimeInMillis: () => milliseconds },
  );
const lastLine = () => JSON.parse(resource.printed().trim().split('\n').at(-1) ?? '');
const remains = () => resource.application.remains();

describe('Delete with DESTROY of a cluster that is gone', () => {
  test('succeeds when its name is, and says that nothing could be removed', async () => {
    expect(await remove({ Host: NOWHERE })).toEqual({ PhysicalResourceId: ID });

    expect(lastLine()).toEqual({
      request: 'Delete',
      removed: [],
      kept: [`there is no cluster at ${NOWHERE} any more: nothing could be removed`],
    });
  });

  test.each([
    ['does not exist', () => resource.manager.values.delete(ADMIN_SECRET)],
    [
      'is scheduled for deletion',
      () => {
        const message = "You can't perform this operation on the secret because it was marked for deletion.";
        resource.manager.refusals.push({ status: 400, type: 'InvalidRequestException', message });
      },
    ],
  ])('succeeds when its name is, and the secret %s', async (_, lose) => {
    lose();

    expect(await remove({ Host: NOWHERE })).toEqual({ PhysicalResourceId: ID });
    expect(lastLine()).toMatchObject({ removed: [] });
  });

  test('removes the database role when only the database is gone', async () => {
    const { target, administrator } = resource.application;
    const [database, databaseRole] = [await freshDatabase(), `${target.databaseRole}_2`];
    await execute(`alter database ${database.name} owner to ${administrator.user}`);
    const elsewhere = { Database: database.name, DatabaseRole: databaseRole };
    await handler(createEvent({ ...properties, ...elsewhere }));
    await database.close();
    await remove(elsewhere);

    expect(lastLine()).toEqual({
      request: 'Delete',
      removed: [`database role ${databaseRole}`],
      kept: [`there is no database ${database.name} any more: schema umami went with it`],
    });
    expect(await remains()).toHaveLength(3);
  });
});

describe('Delete with DESTROY of a cluster that is there', () => {
  test('fails when the secret is gone, with the way to keep everything', async () => {
    resource.manager.values.delete(ADMIN_SECRET);

    await expect(remove()).rejects.toMatchObject({
      name: 'ProvisionError',
      message: expect.stringMatching(new RegExp(`^There is no secret ${ADMIN_SECRET}.*${KEEP.source}`)),
    });
    expect(await remains()).toHaveLength(3);
  });

  test('fails within its time when nobody listens, with the way to keep everything', async () => {
    const gate = await makeGate();

    await expect(remove({ Port: String(gate.port) }, 11_000)).rejects.toThrow(KEEP);
  });

  test('waits for one that is resuming', async () => {
    const gate = await makeGate(ANSWERS.reset);
    const deleted = remove({ Port: String(gate.port) });
    await expect.poll(gate.attempts, { timeout: 20_000 }).toBeGreaterThan(0);
    await gate.open();

    expect(await deleted).toEqual({ PhysicalResourceId: ID });
    await gate.close();
    expect(await remains()).toEqual([]);
  });

  test('says how to keep everything when it refuses for another reason', async () => {
    const { username = '', password = '' } = resource.secret();
    await resource.application.signIn(username, password);

    await expect(remove()).rejects.toThrow(KEEP);
    expect(await remains()).toHaveLength(3);
  });
});
