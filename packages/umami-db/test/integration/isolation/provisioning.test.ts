import { expect, test } from 'vitest';
import { eachApplication } from '../application';

const application = eachApplication();

test('provisioning reports what PUBLIC was granted, and revokes none of it', async () => {
  await application.query('grant usage on schema app to public; grant select on app.orders to public');
  const reachable = expect.arrayContaining([
    expect.objectContaining({ object: 'table app.orders', privileges: 'SELECT', via: 'PUBLIC', fails: false }),
  ]);

  expect(await application.provision()).toMatchObject({ reachable });
  expect(await application.provision()).toMatchObject({ reachable });
});

test.each([
  [
    'a table',
    'grant usage on schema app to ROLE; grant select on app.orders to ROLE',
    'SELECT on table app.orders (revoke select on table app.orders from ROLE;)',
  ],
  [
    'a membership',
    'grant pg_read_all_data to ROLE',
    'MEMBERSHIP on membership in pg_read_all_data (revoke pg_read_all_data from ROLE;)',
  ],
  ['an attribute', 'alter role ROLE bypassrls', 'BYPASSRLS on attribute BYPASSRLS (alter role ROLE nobypassrls;)'],
  [
    'a schema',
    'grant create on schema public to ROLE',
    'CREATE on schema public (revoke create on schema public from ROLE;)',
  ],
])('provisioning fails when the role itself was given %s, and names the statement', async (_, grants, named) => {
  await application.provision();
  const { databaseRole } = application.target;
  const ofRole = (text: string) => text.replaceAll('ROLE', databaseRole);
  await application.query(ofRole(grants));

  await expect(application.provision()).rejects.toMatchObject({
    name: 'ProvisionError',
    message: `Database role ${databaseRole} was given rights outside of schema umami: ${ofRole(named)}. Run the statements as an administrator, and deploy again.`,
  });
  await application.query(ofRole(named).replace(/^.*\((.*)\)$/, '$1'));
  expect(await application.provision()).toMatchObject({ present: 26 });
});

test('provisioning names a few of many rights, and how many more there are', async () => {
  await application.provision();
  const { databaseRole } = application.target;
  const tables = Array.from({ length: 8 }, (_, index) => `create table app.more_${index} ()`);
  await application.query(`${tables.join(';')}; grant usage on schema app to ${databaseRole};
    grant select on all tables in schema app to ${databaseRole}`);

  await expect(application.provision()).rejects.toThrow(/more_4 \(revoke [^)]*\), and 4 more\. Run/);
});

test('provisioning does not fail because the role may make temporary tables', async () => {
  await application.provision();
  const { database, databaseRole } = application.target;
  await application.query(`grant temporary on database ${database} to ${databaseRole}`);

  expect(await application.provision()).toMatchObject({ present: 26 });
});
