import { Client } from 'pg';
import { expect, test } from 'vitest';
import { provision } from '../../../runtime/provision/provision';
import { eachApplication, PASSWORD } from '../application';
import { execute, superuser } from '../server';

const application = eachApplication();

test('a database that is not UTF8 is refused unless it is allowed, and is warned of then and later', async () => {
  const database = `${application.target.database}_latin1`;
  await execute(
    `create database ${database} owner ${application.administrator.user} encoding 'LATIN1' locale 'C' template template0`,
  );
  const { user, password } = application.administrator;
  const client = new Client({ ...superuser(database), user, password });
  await client.connect();
  const target = { ...application.target, database };
  const run = (allowOtherEncoding: boolean) =>
    provision(client, { ...target, allowOtherEncoding }, { password: PASSWORD, canSignIn: async () => true });
  try {
    await expect(run(false)).rejects.toThrow(/has encoding LATIN1: .* Nothing was changed\. .*`allowOtherEncoding`/);
    const warnings = [expect.stringMatching(/ has encoding LATIN1: [^.]+\.$/)];
    expect((await run(true)).warnings).toEqual(warnings);
    expect((await run(false)).warnings).toEqual(warnings);
    await expect(
      client.query(`insert into umami.website (website_id, name) values (gen_random_uuid(), '\u{1F98A}')`),
    ).rejects.toMatchObject({ code: '22P05' });
  } finally {
    await client.end();
    await execute(`drop database ${database} with (force)`);
  }
});

test('a publication that sends the tables elsewhere is warned of, also before they exist', async () => {
  await application.query(
    `create publication ours for table app.orders; create publication "All of it" for all tables`,
  );
  const said =
    /^Publication "All of it" \(FOR ALL TABLES\) of database .* sends the rows of schema umami to its subscribers/;
  expect((await application.provision()).warnings).toEqual([expect.stringMatching(said)]);
  await application.query('drop publication "All of it"; alter publication ours add table umami.website');

  expect((await application.provision()).warnings).toEqual([
    expect.stringMatching(/^Publication ours of database .* sends the rows of schema umami/),
  ]);
});

test('others who can read the tables by default privileges of the administrator are named, with statements that end it', async () => {
  const { user } = application.administrator;
  const [reader, outsider] = ['reader', 'outsider'].map((name) => `${name}_${user}`);
  await application.query(`create role ${reader}; create role ${outsider};
    alter default privileges for role ${user} grant usage on schemas to ${reader};
    alter default privileges for role ${user} grant select, update on tables to ${reader}, ${outsider}`);
  const { warnings } = await application.provision();

  expect(warnings).toEqual([
    expect.stringMatching(new RegExp(`^${reader} has SELECT, UPDATE on tables of schema umami\\. .*: revoke .*;$`)),
  ]);
  await application.query(warnings[0]?.replace(/^.* run as an administrator: /, '') ?? '');
  expect((await application.provision()).warnings).toEqual([]);
  await (await application.administer()).query('create table umami.later ()');
  expect(await application.query(`select has_table_privilege('${reader}', 'umami.later', 'SELECT') as held`)).toEqual([
    { held: false },
  ]);
  await application.query('drop table umami.later');
});
