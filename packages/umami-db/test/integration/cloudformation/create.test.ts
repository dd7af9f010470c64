import { Client } from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { OBJECTS_SQL } from '../../../runtime/sql/facts.sql';
import { ADMIN_SECRET, createEvent, UMAMI_SECRET } from '../../support/events';
import { stateOf } from '../state';
import { eachCustomResource, INITIAL_TEXT } from './custom-resource';

const resource = eachCustomResource();

const ANSWER = { PhysicalResourceId: 'umami-request-1', Data: { Migrations: '26' } };

describe('Create', () => {
  test('makes everything that Umami needs to sign in and to work', async () => {
    expect(await handler(createEvent(resource.properties))).toEqual(ANSWER);

    const facts =
      'select current_user as role, current_schema() as schema, (select count(*)::int from website) as websites';
    const { databaseRole } = resource.application.target;
    expect(await resource.asUmami(facts)).toEqual([{ role: databaseRole, schema: 'umami', websites: 0 }]);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('inspects the database once', async () => {
    const query = vi.spyOn(Client.prototype, 'query');
    await handler(createEvent(resource.properties));
    const inspections = query.mock.calls.filter(([text]) => text === OBJECTS_SQL);
    query.mockRestore();

    expect(inspections).toHaveLength(1);
  });

  test('writes the secret once, with what AWS and Umami expect', async () => {
    await handler(createEvent(resource.properties));
    const { databaseRole, database } = resource.application.target;

    expect(resource.manager.requests).toEqual([
      `GetSecretValue ${ADMIN_SECRET}`,
      `GetSecretValue ${UMAMI_SECRET}`,
      `PutSecretValue ${UMAMI_SECRET}`,
    ]);
    expect(resource.secret()).toEqual({
      engine: 'postgres',
      host: 'localhost',
      port: Number(resource.properties['Port']),
      username: databaseRole,
      password: expect.stringMatching(/^[\w-]{32}$/),
      dbname: database,
      schema: 'umami',
      DATABASE_URL: expect.stringMatching(/^postgresql:.*\?schema=umami&sslmode=verify-full$/),
      DIRECT_DATABASE_URL: expect.stringMatching(/^postgresql:.*\?schema=umami&sslmode=verify-full$/),
      APP_SECRET: expect.stringMatching(/^[\w-]{32}$/),
      TWO_FACTOR_ENCRYPTION_KEY: expect.stringMatching(/^[0-9a-f]{64}$/),
      UMAMI_ADMIN_PASSWORD: expect.stringMatching(/^[\w-]{32}$/),
    });
  });

  test('changes nothing when CloudFormation sends it again', async () => {
    await handler(createEvent(resource.properties));
    const before = [await stateOf(resource.application), resource.manager.values.get(UMAMI_SECRET)];
    resource.manager.requests.length = 0;

    expect(await handler(createEvent(resource.properties))).toEqual(ANSWER);
    expect([await stateOf(resource.application), resource.manager.values.get(UMAMI_SECRET)]).toEqual(before);
    expect(resource.manager.requests).not.toContain(`PutSecretValue ${UMAMI_SECRET}`);
  });

  test('leaves a secret that fits when CloudFormation sends it twice at once', async () => {
    resource.manager.delay = 50;
    const answers = await Promise.all([1, 2, 3].map(() => handler(createEvent(resource.properties))));

    expect(answers).toEqual([ANSWER, ANSWER, ANSWER]);
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('makes no administrator of Umami when there is to be none', async () => {
    await handler(createEvent({ ...resource.properties, UmamiAdministrator: 'none' }));

    expect(resource.secret()).not.toHaveProperty('UMAMI_ADMIN_PASSWORD');
    expect(await resource.asUmami('select * from "user"')).toEqual([]);
  });

  test('reclaims what the same stack left when it was deleted', async () => {
    await handler(createEvent(resource.properties));
    await resource.application.query('update umami."user" set password = \'changed in Umami\'');
    const old = resource.secret();
    resource.manager.values.set(UMAMI_SECRET, INITIAL_TEXT);

    expect(await handler(createEvent(resource.properties, 'request-7'))).toMatchObject({
      PhysicalResourceId: 'umami-request-7',
    });
    expect(resource.secret()['password']).not.toBe(old['password']);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('reports what it did, in one line of JSON without a secret', async () => {
    await handler(createEvent(resource.properties));

    expect(JSON.parse(resource.printed())).toEqual({
      request: 'Create',
      server: expect.stringMatching(/^17\./),
      applied: expect.arrayContaining(['01_init', '26_add_api_key']),
      present: 26,
      ahead: [],
      reachable: expect.any(Array),
      reachableCount: expect.any(Number),
      warnings: [],
    });
    const { password = '', UMAMI_ADMIN_PASSWORD = '' } = resource.secret();
    for (const secret of [password, UMAMI_ADMIN_PASSWORD, resource.application.administrator.password])
      expect(resource.printed()).not.toContain(secret);
  });
});
