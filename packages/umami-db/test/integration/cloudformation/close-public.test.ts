import { afterEach, beforeEach, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, deleteEvent, updateEvent } from '../../support/events';
import { type CustomResource, makeCustomResource } from './custom-resource';

const ID = 'umami-request-1';

let resource: CustomResource;
let closing: Record<string, unknown>;

beforeEach(async () => {
  resource = await makeCustomResource();
  const right = `TEMPORARY on database ${resource.application.target.database}`;
  closing = { ...resource.properties, ClosePublic: [right] };
});

afterEach(() => resource.close());

const lastLine = () => JSON.parse(resource.printed().trim().split('\n').at(-1) ?? '');
const isOpen = async () => {
  const sql = `select has_database_privilege('public', current_database(), 'TEMPORARY') as open`;
  return (await resource.application.query<{ open: boolean }>(sql))[0]?.open;
};

test('Create closes what is named; the log tells who keeps it', async () => {
  await handler(createEvent(closing));

  expect(await isOpen()).toBe(false);
  expect(lastLine().closed).toEqual([
    {
      right: expect.stringMatching(/^TEMPORARY on database/),
      statements: expect.any(Array),
      keptBy: expect.any(Array),
    },
  ]);
  await expect(resource.asUmami('create temporary table mine ()')).rejects.toThrow('permission denied');
});

test('an Update that names it closes it, and one that no longer does leaves it closed, as a rollback does', async () => {
  await handler(createEvent(resource.properties));
  expect(await isOpen()).toBe(true);
  await handler(updateEvent(ID, resource.properties, closing));
  expect(await isOpen()).toBe(false);
  await handler(updateEvent(ID, closing, resource.properties, 'request-3'));

  expect(await isOpen()).toBe(false);
});

test('what was dropped since is warned of, so that a rollback gets through', async () => {
  const more = { ...closing, ClosePublic: ['SELECT on table app.dropped', ...(closing['ClosePublic'] as string[])] };
  await handler(createEvent(more));

  expect(lastLine().warnings).toEqual([expect.stringContaining('names SELECT on table app.dropped')]);
  expect(await isOpen()).toBe(false);
});

test('what may not be revoked fails before anything is changed', async () => {
  const error = handler(createEvent({ ...closing, ClosePublic: ['CONNECT on database postgres'] }));

  await expect(error).rejects.toThrow('names what the administrator may not revoke: CONNECT on database postgres');
  expect(await resource.application.query(`select 1 from pg_namespace where nspname = 'umami'`)).toEqual([]);
});

test('Delete with DESTROY does not give it back, and says so', async () => {
  const destroying = { ...closing, OnDelete: 'destroy' };
  await handler(createEvent(destroying));
  await handler(deleteEvent(ID, destroying));

  expect(await isOpen()).toBe(false);
  expect(lastLine()).toMatchObject({
    request: 'Delete',
    removed: expect.arrayContaining(['schema umami']),
    kept: [expect.stringMatching(/^TEMPORARY on database .*: was taken from PUBLIC, .* grant/)],
  });
});
