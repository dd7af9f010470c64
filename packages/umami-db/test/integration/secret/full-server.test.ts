import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canSignIn } from '../../../runtime/connection/sign-in';
import { provisionWithSecret } from '../../../runtime/secret/provision-with-secret';
import { rotate } from '../../../runtime/secret/rotate';
import { secretFile } from '../../../runtime/secret/secret-file';
import { type Application, makeApplication } from '../application';
import { superuser, type TestServer } from '../server';

const MOST_CONNECTIONS = 10;

let server: PostgresServer;
let testServer: TestServer;
let application: Application;
let folder: string;

beforeAll(async () => {
  server = await startPostgres({ settings: { max_connections: String(MOST_CONNECTIONS), max_wal_senders: '0' } });
  testServer = { version: server.version, port: server.port, ...server.superuser, caCertificate: server.caCertificate };
  application = await makeApplication(testServer);
  folder = mkdtempSync(join(tmpdir(), 'umami-db-full-'));
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await application.close();
  await server.stop();
});

/** Takes every connection that the server has left. */
async function fill(): Promise<{ free(): Promise<void> }> {
  const clients: Client[] = [];
  for (;;) {
    const client = new Client(superuser(application.administrator.database, testServer));
    try {
      await client.connect();
    } catch (error) {
      expect(error).toMatchObject({ code: '53300' });
      return { free: async () => void (await Promise.all(clients.map((open) => open.end()))) };
    }
    clients.push(client);
    expect(clients.length).toBeLessThan(MOST_CONNECTIONS + 1);
  }
}

test('a server without a connection left says nothing about a password: nothing is made of it, and the next run goes on', async () => {
  const { user: _, password: __, ...address } = application.administrator;
  const { databaseRole } = application.target;
  const store = secretFile(join(folder, 'secret.json'));
  const current = async () => JSON.parse((await store.read('AWSCURRENT')) ?? '{}');
  const signsIn = (password: string) => canSignIn({ ...address, user: databaseRole, password });
  const administrator = await application.administer();
  await provisionWithSecret(administrator, application.target, { server: address, store, administrator: 'none' });
  const { password } = await current();

  const { free } = await fill();
  try {
    const rotation = rotate(administrator, application.target, { store, signsIn });
    for (const refused of await Promise.allSettled([signsIn('wrong'), rotation]))
      expect(refused).toMatchObject({ reason: { message: expect.stringContaining('has no connection left') } });
    expect((await current()).password).toBe(password);
  } finally {
    await free();
  }

  await expect.poll(() => signsIn(password), { timeout: 20_000 }).toBe(true);
  expect(await rotate(administrator, application.target, { store, signsIn })).toEqual({ outcome: 'finished' });
  const { password: next } = await current();
  expect(next).not.toBe(password);
  expect([await signsIn(next), await signsIn(password)]).toEqual([true, false]);
});

test('a database role without a connection left has the right password all the same', async () => {
  const role = `${application.target.databaseRole}_busy`;
  await application.query(`create role ${role} login password 'known' connection limit 0`);
  const at = (password: string) => canSignIn({ ...application.administrator, user: role, password });

  expect([await at('known'), await at('wrong')]).toEqual([true, false]);
});
