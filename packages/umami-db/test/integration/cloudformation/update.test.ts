import { beforeEach, describe, expect, test } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { createEvent, deleteEvent, UMAMI_SECRET, updateEvent } from '../../support/events';
import { stateOf } from '../state';
import { eachCustomResource } from './custom-resource';

const ID = 'umami-request-1';

const resource = eachCustomResource();

beforeEach(async () => {
  await handler(createEvent(resource.properties));
});

/** What an update could change. */
async function state() {
  return [await stateOf(resource.application), resource.manager.values.get(UMAMI_SECRET)];
}

/** Properties of another schema, which needs a database role of its own. */
function another(Schema: string) {
  return { ...resource.properties, Schema, DatabaseRole: `${resource.properties['DatabaseRole']}_${Schema}` };
}

describe('Update', () => {
  test('keeps the id and changes nothing when only the code is new, or back to an older Umami as a rollback sends it', async () => {
    const before = await state();
    for (const differing of [{ CodeFingerprint: 'def' }, { UmamiVersion: '3.0' }]) {
      const after = { ...resource.properties, ...differing };
      expect(await handler(updateEvent(ID, resource.properties, after))).toMatchObject({ PhysicalResourceId: ID });
      expect(await state()).toEqual(before);
    }
    expect(JSON.parse(resource.printed().trim().split('\n').at(-1) ?? '')).toMatchObject({
      ahead: expect.arrayContaining(['26_add_api_key']),
    });
  });

  test('writes another host into the secret and keeps the passwords', async () => {
    const before = resource.secret();
    const after = { ...resource.properties, Host: '127.0.0.1' };

    expect(await handler(updateEvent(ID, resource.properties, after))).toMatchObject({ PhysicalResourceId: ID });
    const { host, DATABASE_URL, DIRECT_DATABASE_URL, ...rest } = resource.secret();
    expect(host).toBe('127.0.0.1');
    expect(DATABASE_URL).toContain('@127.0.0.1:');
    expect(DIRECT_DATABASE_URL).toBe(DATABASE_URL);
    expect(before).toMatchObject(rest);
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test("writes Umami's endpoint beside that of the function, once, and takes it out again", async () => {
    const before = resource.secret();
    const after = { ...resource.properties, UmamiHost: '127.0.0.1' };
    await handler(updateEvent(ID, resource.properties, after));

    const { password, ...pooled } = resource.secret();
    const DATABASE_URL = before['DATABASE_URL']?.replace('@localhost:', '@127.0.0.1:');
    expect({ ...pooled, password }).toEqual({ ...before, host: '127.0.0.1', DATABASE_URL });
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
    const text = resource.manager.values.get(UMAMI_SECRET);
    await handler(updateEvent(ID, after, { ...after, CodeFingerprint: 'def' }));
    expect(resource.manager.values.get(UMAMI_SECRET)).toBe(text);
    await handler(updateEvent(ID, after, { ...after, PasswordVersion: '2' }));
    expect(resource.secret()).toMatchObject({ host: '127.0.0.1', passwordVersion: '2' });
    expect(resource.secret()['password']).not.toBe(password);
    expect(resource.secret()['DIRECT_DATABASE_URL']).toContain('@localhost:');
    await handler(updateEvent(ID, after, resource.properties));
    expect(resource.secret()).toMatchObject({
      host: 'localhost',
      DATABASE_URL: expect.stringContaining('@localhost:'),
    });
  });

  test('refuses another schema for the same database role, which CloudFormation can roll back', async () => {
    const [before, secret] = [await state(), resource.secret()];
    const after = { ...resource.properties, Schema: 'metrics' };

    await expect(handler(updateEvent(ID, resource.properties, after))).rejects.toThrow('Choose another database role');
    expect([await state(), resource.secret()]).toEqual([before, secret]);
    await handler(updateEvent(ID, after, resource.properties, 'request-3'));
    await handler(deleteEvent(ID, resource.properties));
    expect(resource.secret()).toEqual(secret);
    expect(await resource.asUmami('select current_schema() as schema')).toEqual([{ schema: 'umami' }]);
  });

  test('refuses to replace the password when the secret lost its value, with the command that does', async () => {
    resource.manager.values.set(UMAMI_SECRET, '{"username": "umami_us');
    const before = await state();
    const again = handler(updateEvent(ID, resource.properties, resource.properties));

    await expect(again).rejects.toThrow(/^Secret arn:\S+ holds no username and password of Umami, but database role /);
    await expect(again).rejects.toThrow(/: npx umami-db provision --admin-secret .* --new-secret$/);
    expect(await state()).toEqual(before);
  });

  test('makes another schema beside the old one, for another database role, and goes back when CloudFormation rolls back', async () => {
    const { UMAMI_ADMIN_PASSWORD, APP_SECRET } = resource.secret();
    const after = another('metrics');

    expect(await handler(updateEvent(ID, resource.properties, after))).toMatchObject({
      PhysicalResourceId: 'metrics-request-2',
    });
    expect(resource.secret()).toMatchObject({ schema: 'metrics', APP_SECRET, UMAMI_ADMIN_PASSWORD });
    expect(await resource.asUmami('select current_schema() as schema')).toEqual([{ schema: 'metrics' }]);
    expect([await resource.administratorSignsIn('metrics'), await resource.administratorSignsIn('umami')]).toEqual([
      true,
      true,
    ]);
    const back = updateEvent('metrics-request-2', after, resource.properties, 'request-3');
    expect(await handler(back)).toMatchObject({ PhysicalResourceId: 'umami-request-3' });
    expect(resource.secret()).toMatchObject({ schema: 'umami', APP_SECRET, UMAMI_ADMIN_PASSWORD });
    expect(await resource.asUmami('select current_schema() as schema')).toEqual([{ schema: 'umami' }]);
    expect(await resource.administratorSignsIn()).toBe(true);
  });

  test('makes another role with a password of its own, and is returned to the old one', async () => {
    const DatabaseRole = `${resource.properties['DatabaseRole']}_2`;
    const { password } = resource.secret();
    const after = { ...resource.properties, DatabaseRole };

    expect(await handler(updateEvent(ID, resource.properties, after))).toMatchObject({
      PhysicalResourceId: 'umami-request-2',
    });
    expect(resource.secret()['password']).not.toBe(password);
    expect(await resource.asUmami('select current_user as role')).toEqual([{ role: DatabaseRole }]);

    await handler(updateEvent('umami-request-2', after, resource.properties, 'request-3'));
    expect(await resource.asUmami('select current_user as role')).toEqual([
      { role: resource.properties['DatabaseRole'] },
    ]);
  });

  test('sets password and right to sign in when somebody changed them in the database, and leaves the administrator as it is', async () => {
    const before = resource.manager.values.get(UMAMI_SECRET);
    await resource.application.query(`update umami."user" set password = 'set in Umami'`);
    for (const [change, refusal] of [
      [`password 'of somebody'`, 'password authentication failed'],
      ['nologin', 'not permitted to log in'],
    ]) {
      await resource.application.query(`alter role ${resource.properties['DatabaseRole']} ${change}`);
      await expect(resource.asUmami('select 1')).rejects.toThrow(refusal);
      await handler(updateEvent(ID, resource.properties, resource.properties));

      expect(resource.manager.values.get(UMAMI_SECRET)).toBe(before);
      expect(await resource.asUmami('select password from "user"')).toEqual([{ password: 'set in Umami' }]);
    }
  });

  test('keeps the administrator, whose data it is, and tells no password when there is to be none; a rollback does', async () => {
    const [before, secret] = [await stateOf(resource.application), resource.secret()];
    const after = { ...resource.properties, UmamiAdministrator: 'none' };
    await handler(updateEvent(ID, resource.properties, after));
    const { UMAMI_ADMIN_PASSWORD, ...rest } = secret;

    expect(resource.secret()).toEqual(rest);
    expect(await stateOf(resource.application)).toEqual(before);
    await handler(updateEvent(ID, after, resource.properties, 'request-3'));
    expect(resource.secret()).toEqual({ ...rest, UMAMI_ADMIN_PASSWORD });
  });

  test('gets another password for another reason, once, and keeps APP_SECRET; an unchanged update writes no new version of the secret', async () => {
    const before = resource.secret();
    const after = { ...resource.properties, PasswordVersion: '2' };
    const open = await resource.application.signIn(String(before['username']), String(before['password']));
    await handler(updateEvent(ID, resource.properties, after));
    const secret = resource.secret();

    expect(secret['password']).not.toBe(before['password']);
    expect(secret).toMatchObject({ APP_SECRET: before['APP_SECRET'], passwordVersion: '2' });
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
    expect((await open.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await handler(updateEvent(ID, resource.properties, after));
    expect(resource.secret()).toEqual(secret);
    const { passwordVersion, ...others } = secret;
    resource.manager.values.set(UMAMI_SECRET, JSON.stringify({ passwordVersion, ...others }));
    resource.manager.requests.length = 0;
    await handler(updateEvent(ID, after, after));
    expect(resource.manager.requests).not.toContain(`PutSecretValue ${UMAMI_SECRET}`);
  });

  test('finishes a new password that was interrupted between the two calls that make it the current one', async () => {
    const before = resource.secret();
    const after = { ...resource.properties, PasswordVersion: '2' };
    const broken = { operation: 'UpdateSecretVersionStage', stage: 'AWSPENDING', status: 400, type: 'AccessDenied' };
    resource.manager.refusals.push(broken);
    await expect(handler(updateEvent(ID, resource.properties, after))).rejects.toThrow();
    const pending = `AWSPENDING ${UMAMI_SECRET}`;
    expect(resource.manager.staged.get(pending)).toBe(resource.manager.values.get(UMAMI_SECRET));
    const secret = resource.secret();
    await handler(updateEvent(ID, resource.properties, after));

    expect(resource.manager.staged.has(pending)).toBe(false);
    expect(resource.secret()).toEqual(secret);
    expect(secret['password']).not.toBe(before['password']);
    expect(await resource.asUmami('select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('makes no administrator in a new schema when there is to be none from now on, and can be rolled back', async () => {
    const after = { ...another('metrics'), UmamiAdministrator: 'none' };
    await handler(updateEvent(ID, resource.properties, after));
    expect(await resource.asUmami('select * from "user"')).toEqual([]);

    await handler(updateEvent('metrics-request-2', after, resource.properties, 'request-3'));
    expect(await resource.administratorSignsIn()).toBe(true);
  });
});
