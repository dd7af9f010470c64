import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findRights } from '../../../runtime/isolation/find-rights';
import type { Application } from '../application';
import { isTestAll } from '../tested-releases';
import { type Granted, makeGranted, SEEN } from './granted';

let application: Application;
let other: string;
let foundAfter: Granted['foundAfter'];

beforeAll(async () => {
  ({ application, other, foundAfter } = await makeGranted());
});

afterAll(() => application.close());

// Grants of a test end with it.
beforeEach(() => application.query('begin'));
afterEach(() => application.query('rollback'));

describe('who else is affected', () => {
  const [app, closed] = [`${SEEN}; grant select on app.orders to public`, 'revoke usage on schema app from public'];

  async function affectedAfter(sql: string) {
    const [found] = await foundAfter(sql);
    return { affects: found?.affects, keep: found?.keep };
  }

  test('are those that can sign in and have it as PUBLIC only', async () => {
    const { user } = application.administrator;
    const all = [other, user].sort();
    const { affects, keep } = await affectedAfter(app);

    expect(affects?.filter((role) => all.includes(role))).toEqual(all);
    expect(keep).toContain('grant select on table app.orders to ');
  });

  test('is nobody who has it by name, or by a group', async () => {
    const { user } = application.administrator;
    const sql = `${app}; create role ${other}_group; grant ${other}_group to ${user};
      grant select on app.orders to ${other}, ${other}_group`;

    expect((await affectedAfter(sql)).affects).not.toEqual(expect.arrayContaining([other]));
    expect((await affectedAfter(closed)).affects ?? []).not.toContain(user);
  });

  test('keeps what it has when the statement for it ran before', async () => {
    const [found] = await foundAfter(app);
    await application.query(`${found?.keep}; ${found?.close}`);

    expect(await application.query(`select has_table_privilege($1, 'app.orders', 'select') as kept`, [other])).toEqual([
      { kept: true },
    ]);
    expect(await foundAfter('select 1')).toEqual([]);
  });
});

test('roles that others make and drop meanwhile are in nobody’s way', async () => {
  const [maker, reader] = [await application.administer(), await application.administer()];
  const role = `${other}_passing`;
  let running = true;
  const making = (async () => {
    while (running) {
      await maker.query(`create role ${role} login`);
      await maker.query(`create schema passing; grant create on schema passing to ${role}, public`);
      await maker.query(`drop schema passing; drop role ${role}`);
    }
  })();
  try {
    for (let look = 0; look < (isTestAll ? 60 : 15); look += 1) await findRights(reader, application.target);
  } finally {
    running = false;
    await making;
  }
});
