import { afterAll, beforeAll, describe, expect } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, deleteEvent, updateEvent } from '../../support/events';
import {
  type CustomResource,
  customResourceOf,
  INITIAL_TEXT,
  makeSurroundings,
  type Surroundings,
} from '../cloudformation/custom-resource';
import { stateOf } from '../state';
import { onEveryRelease } from './on-every-release';

type Resource = Omit<CustomResource, 'close'>;

let surroundings: Surroundings;

beforeAll(async () => {
  surroundings = await makeSurroundings();
});

afterAll(() => surroundings.close());

function asCustomResource(title: string, work: (resource: Resource) => Promise<void>): void {
  onEveryRelease(title, async (application) => {
    const { databaseRole } = application.target;
    const arns = { AdminSecretArn: `arn:admin:${databaseRole}`, SecretArn: `arn:umami:${databaseRole}` };
    await work(customResourceOf(application, surroundings, arns));
  });
}

const stateAndSecret = async ({ application, manager, properties }: Resource) => [
  await stateOf(application),
  manager.values.get(String(properties['SecretArn'])),
];

const websites = (resource: Resource) => resource.asUmami('select name from website');

describe('CloudFormation', () => {
  asCustomResource('creates, updates, rolls back, deletes, and creates again over what is left', async (resource) => {
    const { properties } = resource;
    const created = { PhysicalResourceId: 'umami-request-1', Data: { Migrations: '26' } };
    expect(await handler(createEvent(properties))).toEqual(created);
    await resource.asUmami(`insert into website (website_id, name) values (gen_random_uuid(), 'kept')`);
    const before = await stateAndSecret(resource);
    const unchanged = [
      createEvent(properties),
      updateEvent('umami-request-1', properties, { ...properties, CodeFingerprint: 'next' }),
      updateEvent('umami-request-1', properties, { ...properties, UmamiVersion: '3.0' }),
      deleteEvent('umami-request-1', properties),
    ];
    for (const event of unchanged) {
      expect(await handler(event)).toMatchObject({ PhysicalResourceId: 'umami-request-1' });
      expect(await stateAndSecret(resource), event.RequestType).toEqual(before);
    }
    const { password, APP_SECRET, TWO_FACTOR_ENCRYPTION_KEY } = resource.secret();
    const after = { ...properties, PasswordVersion: '2', ConnectionLimit: '7' };
    await handler(updateEvent('umami-request-1', properties, after));
    expect(resource.secret()).toMatchObject({ APP_SECRET, TWO_FACTOR_ENCRYPTION_KEY });
    expect(resource.secret()['password']).not.toBe(password);
    expect(await websites(resource)).toEqual([{ name: 'kept' }]);
    await handler(updateEvent('umami-request-1', after, properties, 'request-3'));
    expect(await websites(resource)).toEqual([{ name: 'kept' }]);

    resource.manager.values.set(String(properties['SecretArn']), INITIAL_TEXT);
    await handler(createEvent(properties, 'request-4'));
    expect(await websites(resource)).toEqual([{ name: 'kept' }]);
    expect(await resource.administratorSignsIn()).toBe(true);
    const secrets = [password, resource.secret()['password'], resource.application.administrator.password];
    for (const secret of secrets) expect(resource.printed()).not.toContain(secret);
  });

  asCustomResource('renames, rolls a rename back, and destroys', async (resource) => {
    const properties = { ...resource.properties, OnDelete: 'destroy' };
    await handler(createEvent(properties));
    await resource.asUmami(`insert into website (website_id, name) values (gen_random_uuid(), 'kept')`);
    await handler(createEvent(properties, 'request-2'));
    await handler(deleteEvent('umami-request-1', properties));
    expect(await websites(resource)).toEqual([{ name: 'kept' }]);

    await handler(createEvent(properties, 'request-3'));
    await handler(deleteEvent('umami-request-3', properties));
    await handler(updateEvent('umami-request-2', properties, { ...properties, CodeFingerprint: 'next' }));
    expect(await websites(resource)).toEqual([{ name: 'kept' }]);

    for (const _ of [1, 2]) await handler(deleteEvent('umami-request-2', properties));
    expect(await resource.application.remains()).toEqual([]);
    await handler(createEvent(properties, 'request-5'));
    expect(await websites(resource)).toEqual([]);
  });

  asCustomResource('fails without a change, and removes nothing then, where another stage is', async (resource) => {
    const { properties } = resource;
    await resource.application.query('create schema umami');
    const before = await stateAndSecret(resource);
    await expect(handler(createEvent(properties))).rejects.toThrow('Schema umami exists and has no ownership comment');
    expect(await stateAndSecret(resource)).toEqual(before);
    await resource.application.query('drop schema umami');

    await handler(createEvent(properties));
    const first = await stateAndSecret(resource);
    const other = { ...properties, Owner: 'Stack/other', OnDelete: 'destroy' };
    await expect(handler(createEvent(other, 'request-2'))).rejects.toThrow('Schema umami belongs to Stack/test');
    expect(await handler(deleteEvent('umami-request-2', other))).toEqual({ PhysicalResourceId: 'umami-request-2' });
    expect(await stateAndSecret(resource)).toEqual(first);
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
  });
});
