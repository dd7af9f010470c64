import { POSTGRES_VERSIONS, type PostgresVersion } from '@user-metrics/postgres-server';
import { afterEach, expect, test } from 'vitest';
import { CLOSABLE_PUBLIC, closePublic } from '../../../runtime/isolation/close-public';
import { findRights } from '../../../runtime/isolation/find-rights';
import { type Fortress, makeFortress } from './fortress';

let fortress: Fortress;

afterEach(() => fortress.close());

const open = async () =>
  (await findRights(fortress.administrator, fortress.target)).map(
    ({ object, privileges }) => `${privileges} on ${object}`,
  );

/** The administrator owns the database; `public` is given to it, as a restored database has it. */
async function start(version: PostgresVersion): Promise<void> {
  fortress = await makeFortress(version);
  await fortress.run('alter schema public owner to administrator; grant create on schema public to public');
}

test.each(POSTGRES_VERSIONS)(
  'on PostgreSQL %s it closes what is named and nothing else, and nobody else loses it',
  async (version) => {
    await start(version);
    const before = await open();
    const statements = await closePublic(fortress.administrator, fortress.target, ['create-in-public']);

    expect(statements).toEqual([
      'grant create on schema public to other',
      'revoke create on schema public from public',
    ]);
    expect(await open()).toEqual(before.filter((one) => one !== 'CREATE on schema public'));
    expect(await fortress.run(`select has_schema_privilege('other', 'public', 'CREATE') as kept`)).toEqual([
      { kept: true },
    ]);
    expect(await closePublic(fortress.administrator, fortress.target, ['create-in-public'])).toEqual([]);
  },
);

test('nothing is closed unless it is named', async () => {
  await start('17');
  const before = await open();

  expect(await closePublic(fortress.administrator, fortress.target, [])).toEqual([]);
  expect(await open()).toEqual(before);
});

test('what the administrator may not close is said, with the statements for the owner, and nothing is changed', async () => {
  await start('17');
  const before = await open();

  await expect(closePublic(fortress.administrator, fortress.target, CLOSABLE_PUBLIC)).rejects.toMatchObject({
    name: 'ProvisionError',
    message: expect.stringContaining('revoke connect on database postgres from public'),
  });
  expect(await open()).toEqual(before);
});
