import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConnectionOptions, connect, type RetryOptions } from '../../../runtime/connection/connect';
import { type Application, makeApplication } from '../application';

let application: Application;
let options: ConnectionOptions;

beforeAll(async () => {
  application = await makeApplication();
  options = application.administrator;
});

afterAll(() => application.close());

/** The error of a connection that must not come about. */
async function refusal(differing: Partial<ConnectionOptions>, retryOptions: RetryOptions = { retries: 0 }) {
  const error = await connect({ ...options, ...differing }, retryOptions).then(
    () => new Error('it is connected'),
    (reason: Error) => reason,
  );
  expect(error.name).toBe('ProvisionError');
  return error;
}

describe('a connection', () => {
  test('is that of the user, to the database, over TLS, and says whose it is', async () => {
    const client = await connect(options);
    const { rows } = await client.query(`select current_user as "user", current_database() as database, version,
      current_setting('application_name') as name from pg_stat_ssl where pid = pg_backend_pid()`);
    await client.end();

    const { user, database } = options;
    expect(rows).toEqual([{ user, database, version: 'TLSv1.3', name: 'user-metrics' }]);
  });

  test('is to a server whose certificate is for its address, too', async () => {
    const client = await connect({ ...options, host: '127.0.0.1' });

    await expect(client.end()).resolves.toBeUndefined();
  });

  test('fails the next statement, and nothing else, when it breaks', async () => {
    const client = await connect(options);
    const ended = new Promise((resolve) => client.once('end', () => resolve('ended')));
    await application.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [
      options.user,
    ]);
    await expect(ended).resolves.toBe('ended');

    await expect(client.query('select 1')).rejects.toThrow(/not queryable|terminat/);
  });
});

describe('a connection fails', () => {
  const place = () => `localhost:${options.port}/${options.database}`;

  test('with a wrong password, says where and for whom and what the driver said, and does not tell it', async () => {
    const error = await refusal({ password: 'not the right one' });

    expect(error.message).toBe(
      `The database at ${place()} refuses user ${options.user}: password authentication failed for user "${options.user}". Check the password in the secret.`,
    );
    expect(error.cause).toMatchObject({ code: '28P01' });
    expect(`${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`).not.toContain(
      'not the right one',
    );
  });

  test('with an empty password', async () => {
    await refusal({ password: '' });
  });

  test('with a user that there is none of', async () => {
    expect((await refusal({ user: 'nobody' })).message).toMatch(
      /refuses user nobody: password authentication failed for user "nobody"\. Check the password/,
    );
  });

  test('with a role that may not sign in', async () => {
    const role = `${application.target.databaseRole}_nologin`;
    await application.query(`create role ${role} password 'known'`);

    expect((await refusal({ user: role, password: 'known' })).message).toBe(
      `The database at ${place()} refuses user ${role}: role "${role}" is not permitted to log in. Check the password in the secret.`,
    );
  });

  test('with a database that there is none of', async () => {
    expect((await refusal({ database: 'nowhere' })).message).toBe(
      `There is no database nowhere at localhost:${options.port}. Check the name of the database.`,
    );
  });

  test('with a host name that there is none of', async () => {
    expect((await refusal({ host: 'nowhere.invalid' })).message).toMatch(
      /^The database at nowhere\.invalid:\d+\/\w+ cannot be reached: getaddrinfo \w+ nowhere\.invalid\. Check host, port, security groups and routes\.$/,
    );
  });
});
