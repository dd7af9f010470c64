import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { ADMIN_SECRET, createEvent, deleteEvent } from '../../support/events';
import { eachCustomResource } from './custom-resource';

const resource = eachCustomResource();
let username: string;

beforeEach(async () => {
  username = resource.application.administrator.user;
});

const rotateDatabase = (password: string) =>
  resource.application.query(`alter role ${username} password '${password}'`);
const rotateSecret = (password: string) =>
  resource.manager.values.set(ADMIN_SECRET, JSON.stringify({ username, password }));
const readings = () =>
  resource.manager.requests.filter((request) => request === `GetSecretValue ${ADMIN_SECRET}`).length;

describe("the administrator's secret", () => {
  test('may hold user name and password only', async () => {
    rotateSecret(resource.application.administrator.password);

    expect(await handler(createEvent(resource.properties))).toMatchObject({ Data: { Migrations: '26' } });
    expect(readings()).toBe(1);
  });

  test('is read again when it is rotated between the reading and the sign-in', async () => {
    await rotateDatabase('next');
    const created = handler(createEvent(resource.properties));
    await expect.poll(readings, { timeout: 20_000 }).toBeGreaterThan(0);
    rotateSecret('next');

    expect(await created).toMatchObject({ Data: { Migrations: '26' } });
    expect(readings()).toBeGreaterThan(1);
  });

  test('may be rotated between two events, each of which reads it', async () => {
    const destroying = { ...resource.properties, OnDelete: 'destroy' };
    await handler(createEvent(destroying));
    await rotateDatabase('next');
    rotateSecret('next');
    await handler(deleteEvent('umami-request-1', destroying));

    expect(await resource.application.query(`select 1 from pg_namespace where nspname = 'umami'`)).toEqual([]);
  });
});
