import { expect, test } from 'vitest';
import { connect } from '../../../runtime/connection/connect';
import { checkServer } from '../../../runtime/connection/server';
import { untilWriter } from '../../../runtime/connection/writer';
import { connectAdministrator } from '../../../runtime/secret/connect-administrator';
import { eachApplication } from '../application';

const application = eachApplication();

/** Lets a server call itself a reader for so many connections of the administrator. */
async function readerFor(connections: number): Promise<() => Promise<number>> {
  const { user } = application.administrator;
  await application.query(`
    create schema failover;
    create sequence failover.asked;
    alter function pg_catalog.pg_is_in_recovery() rename to of_the_server;
    create function pg_catalog.pg_is_in_recovery() returns boolean language sql
      as $$ select nextval('failover.asked') <= ${connections} $$;
    grant usage on schema failover to ${user};
    grant usage on sequence failover.asked to ${user}`);
  return async () => {
    const [row] = await application.query<{ asked: string }>('select last_value as asked from failover.asked');
    return Number(row?.asked);
  };
}

test('the writer of before is connected to again until the new one answers', async () => {
  const asked = await readerFor(2);
  const { user: username, password, ...server } = application.administrator;
  const client = await connectAdministrator(server, async () => ({ username, password }));

  expect(await asked()).toBe(3);
  await expect(checkServer(client)).resolves.toMatchObject({ majorVersion: 17 });
  await client.end();
});

test('a server that stays a reader is reported when something is to be changed', async () => {
  const asked = await readerFor(1_000);
  const client = await untilWriter(() => connect(application.administrator), 1);

  expect(await asked()).toBe(2);
  await expect(checkServer(client)).rejects.toThrow('The connection leads to a reader, which takes no changes.');
  await client.end();
});
