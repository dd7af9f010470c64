import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, UMAMI_SECRET } from '../../support/events';
import { eachCustomResource, INITIAL_TEXT } from './custom-resource';

const resource = eachCustomResource();
beforeEach(async () => {
  await handler(createEvent(resource.properties, 'request-1'));
  await resource.asUmami(`insert into website (website_id, name) values (gen_random_uuid(), 'kept')`);
});
const websites = () => resource.asUmami('select name from website');

describe('a stage that was destroyed and is deployed again', () => {
  test('keeps its data; the new secret knows the role and the administrator', async () => {
    resource.manager.values.set(UMAMI_SECRET, INITIAL_TEXT);
    await handler(createEvent(resource.properties, 'request-2'));

    expect(await websites()).toEqual([{ name: 'kept' }]);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('also when the run before ended after the secret was written', async () => {
    const secret = { ...resource.secret(), password: 'of a run', UMAMI_ADMIN_PASSWORD: 'that was killed' };
    resource.manager.values.set(UMAMI_SECRET, JSON.stringify(secret));
    await handler(createEvent(resource.properties, 'request-2'));

    expect(resource.secret()).toMatchObject({ password: 'of a run', UMAMI_ADMIN_PASSWORD: 'that was killed' });
    expect(await websites()).toEqual([{ name: 'kept' }]);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('leaves a password alone that somebody changed in Umami, as long as the secret leads there', async () => {
    await resource.application.query(`update umami."user" set password = 'changed'`);
    await handler(createEvent(resource.properties, 'request-2'));

    expect(await resource.application.query(`select password from umami."user"`)).toEqual([{ password: 'changed' }]);
  });

  test('makes no administrator that was deleted, and tells no password then', async () => {
    await resource.application.query(`update umami."user" set deleted_at = now()`);
    resource.manager.values.set(UMAMI_SECRET, INITIAL_TEXT);
    await handler(createEvent(resource.properties, 'request-2'));

    expect(resource.secret()).not.toHaveProperty('UMAMI_ADMIN_PASSWORD');
  });
});
