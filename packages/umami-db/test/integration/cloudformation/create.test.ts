import { Client } from 'pg';
import { describe, expect, test, vi } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { OBJECTS_SQL } from '../../../runtime/sql/facts.sql';
import { ADMIN_SECRET, createEvent, UMAMI_SECRET } from '../../support/events';
import { eachCustomResource } from './custom-resource';

const resource = eachCustomResource();

const ANSWER = { PhysicalResourceId: 'umami-request-1', Data: { Migrations: '26' } };

describe('Create', () => {
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
