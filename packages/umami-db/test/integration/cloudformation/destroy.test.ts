import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, deleteEvent, updateEvent } from '../../support/events';
import { type CustomResource, makeCustomResource } from './custom-resource';

let resource: CustomResource;
let properties: Readonly<Record<string, string>>;

beforeEach(async () => {
  resource = await makeCustomResource();
  properties = { ...resource.properties, OnDelete: 'destroy' };
  await handler(createEvent(properties));
});

afterEach(() => resource.close());

const remains = () =>
  resource.application.query(
    `select nspname as name from pg_namespace where nspname like 'umami%'
     union all select rolname from pg_roles where rolname = $1 order by 1`,
    [resource.application.target.databaseRole],
  );

describe('Delete with DESTROY', () => {
  test('removes schema, ledger and role, also when it is sent again', async () => {
    for (const _ of [1, 2])
      expect(await handler(deleteEvent('umami-request-1', properties))).toEqual({
        PhysicalResourceId: 'umami-request-1',
      });

    expect(await remains()).toEqual([]);
  });

  test('of a resource that was renamed leaves data and sign-in to the new one', async () => {
    const renamed = { ...properties };
    await handler(createEvent(renamed, 'request-2'));
    await handler(deleteEvent('umami-request-1', properties));

    expect(await resource.asUmami('select count(*)::int as websites from website')).toEqual([{ websites: 0 }]);
    await handler(deleteEvent('umami-request-2', renamed));
    expect(await remains()).toEqual([]);
  });

  test('of the new one, when the rename is rolled back, gives everything back to the old one', async () => {
    await handler(createEvent(properties, 'request-2'));
    await handler(deleteEvent('umami-request-2', properties));

    expect(await remains()).toHaveLength(3);
    await handler(updateEvent('umami-request-1', properties, { ...properties, CodeFingerprint: 'next' }));
    expect(await resource.asUmami('select count(*)::int as websites from website')).toEqual([{ websites: 0 }]);
    await handler(deleteEvent('umami-request-1', properties));
    expect(await remains()).toEqual([]);
  });

  test('of a Create that failed removes nothing of somebody else', async () => {
    const other = { ...properties, Owner: 'Other/prod' };
    await expect(handler(createEvent(other, 'request-2'))).rejects.toThrow('belongs to Stack/test');
    await handler(deleteEvent('umami-request-2', other));

    expect(await remains()).toHaveLength(3);
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is followed by a Create that begins anew', async () => {
    await handler(deleteEvent('umami-request-1', properties));
    await handler(createEvent(properties, 'request-3'));

    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
  });
});
