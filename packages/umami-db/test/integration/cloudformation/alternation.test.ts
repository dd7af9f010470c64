import { beforeEach, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, deleteEvent, UMAMI_SECRET, updateEvent } from '../../support/events';
import { eachCustomResource } from './custom-resource';

const ID = 'umami-request-1';

const resource = eachCustomResource();

beforeEach(async () => {
  await handler(createEvent(resource.properties));
});

const update = (before: object, after: object) => handler(updateEvent(ID, { ...before }, { ...after }));
const rolesLeft = () =>
  resource.application.query<{ rolname: string }>(
    'select rolname from pg_roles where strpos(rolname, $1) = 1 order by 1',
    [resource.application.target.databaseRole],
  );

test('two database roles alternate with `PasswordVersion`, and an update that is undone ends as it began', async () => {
  const off = resource.properties;
  const on = { ...off, AlternatingDatabaseRoles: 'true' };
  const { username: first, password } = resource.secret();
  const text = () => resource.manager.values.get(UMAMI_SECRET);
  const [before, requests] = [text(), resource.manager.requests.length];

  await update(off, on);
  await update(on, { ...on, CodeFingerprint: 'def' });
  await update(on, off);
  expect(await rolesLeft()).toEqual([{ rolname: first }]);
  await update(off, on);
  expect(text()).toBe(before);
  expect(resource.manager.requests.slice(requests)).not.toContainEqual(expect.stringMatching(/^(Put|Update)/));

  const second = { ...on, PasswordVersion: '2' };
  await update(on, second);
  expect(resource.secret()).toMatchObject({ username: `${first}_clone`, passwordVersion: '2' });
  expect(await resource.asUmami('select current_user as name')).toEqual([{ name: `${first}_clone` }]);
  await resource.application.signIn(String(first), String(password)).then((client) => client.end());
  const rotated = text();
  await update(second, { ...second, CodeFingerprint: 'ghi' });
  await update(second, on);
  expect(text()).toBe(rotated);
  await expect(update(on, off)).rejects.toThrow('`alternatingDatabaseRoles` is off, but Secret arn:');
  await update(off, on);
  expect(text()).toBe(rotated);

  await handler(deleteEvent(ID, { ...on, OnDelete: 'destroy' }));
  expect(await rolesLeft()).toEqual([]);
});
