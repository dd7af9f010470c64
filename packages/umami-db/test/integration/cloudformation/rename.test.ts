import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, deleteEvent, UMAMI_SECRET, updateEvent } from '../../support/events';
import { eachCustomResource, INITIAL_TEXT } from './custom-resource';

// CloudFormation makes a renamed resource, with a secret of its own, before it deletes the old one, and deletes the new
// one again when it rolls back.

const NEXT_SECRET = `${UMAMI_SECRET}-next`;

const resource = eachCustomResource();
let properties: Record<string, string>;

beforeEach(async () => {
  properties = { ...resource.properties, OnDelete: 'destroy' };
  resource.manager.values.set(NEXT_SECRET, INITIAL_TEXT);
});
const addWebsite = () => resource.asUmami(`insert into website (website_id, name) values (gen_random_uuid(), 'kept')`);
const websites = () => resource.application.query('select name from umami.website');
const remains = () => resource.application.remains();

describe('a rename', () => {
  test('that is rolled back leaves data; the next deployment restores sign-in, of the administrator too', async () => {
    await handler(createEvent(properties));
    await addWebsite();
    const renamed = { ...properties, SecretArn: NEXT_SECRET };
    await handler(createEvent(renamed, 'request-2'));
    await handler(deleteEvent('umami-request-2', renamed));
    expect(await websites()).toEqual([{ name: 'kept' }]);
    await expect(resource.asUmami('select 1')).rejects.toThrow('password authentication failed');

    await handler(updateEvent('umami-request-1', properties, { ...properties, PasswordVersion: '2' }));
    expect(await resource.asUmami('select name from website')).toEqual([{ name: 'kept' }]);
    expect(await resource.administratorSignsIn()).toBe(true);

    await handler(deleteEvent('umami-request-1', properties));
    expect(await remains()).toEqual([]);
  });
});

describe('a resource to which an ownership was transferred for good removes it when it is deleted:', () => {
  test('what a stack of the same name kept when it was deleted', async () => {
    await handler(createEvent(resource.properties));
    const StackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/Stack/2';
    await handler({ ...createEvent(properties, 'request-2'), StackId });
    await handler({ ...deleteEvent('umami-request-2', properties), StackId });

    expect(await remains()).toEqual([]);
  });

  test('what the command line made', async () => {
    await resource.application.provision();
    await handler(createEvent(properties, 'request-2'));
    await handler(deleteEvent('umami-request-2', properties));

    expect(await remains()).toEqual([]);
  });

  test('what a Create left that failed', async () => {
    await resource.application.query(`
      create function public.refuse() returns event_trigger language plpgsql as $$ begin
        if to_regnamespace('umami') is not null then raise exception 'no tables today'; end if; end $$;
      create event trigger refuse on ddl_command_start when tag in ('CREATE TABLE') execute function public.refuse()`);
    await expect(handler(createEvent(properties))).rejects.toThrow('no tables today');
    expect(await remains()).not.toEqual([]);
    await resource.application.query('drop event trigger refuse');

    await handler(createEvent(properties, 'request-2'));
    await handler(deleteEvent('umami-request-2', properties));
    expect(await remains()).toEqual([]);
  });
});
