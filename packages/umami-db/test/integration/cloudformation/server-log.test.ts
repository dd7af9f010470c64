import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@user-metrics/postgres-server';
import { Client, escapeLiteral } from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { handler } from '../../../runtime/cloudformation/index';
import { main } from '../../../runtime/commands/index';
import { scramVerifier } from '../../../runtime/sql/scram';
import { ADMIN_SECRET, createEvent, propertiesFor, UMAMI_SECRET, updateEvent } from '../../support/events';
import { environment, type SecretsManager, startSecretsManager } from '../../support/secrets-manager';

const ADMINISTRATOR = { username: 'administrator', password: "the administrator's" };

let server: PostgresServer;
let manager: SecretsManager;
let properties: Record<string, string>;

beforeAll(async () => {
  [server, manager] = await Promise.all([
    startPostgres({
      settings: {
        ...{ log_statement: 'all', log_min_duration_statement: '0', log_connections: 'on' },
        log_line_prefix: '%a|%u|',
      },
    }),
    startSecretsManager(),
  ]);
  for (const [name, value] of Object.entries(environment(manager))) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  manager.values.set(ADMIN_SECRET, JSON.stringify(ADMINISTRATOR));
  await asSuperuser(
    `create role administrator login createdb createrole password ${escapeLiteral(await scramVerifier(ADMINISTRATOR.password))}`,
    'create database application owner administrator',
  );
  const { host, port, caCertificate: certificateAuthority } = server;
  properties = propertiesFor({ host, port, certificateAuthority, database: 'application', databaseRole: 'umami_user' });
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await manager.close();
  await server.stop();
});

async function asSuperuser(...statements: string[]): Promise<void> {
  const { host, port, superuser, caCertificate } = server;
  const client = new Client({ ...superuser, host, port, database: 'postgres', ssl: { ca: caCertificate } });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

/** Passwords that the secret holds. */
function passwords(): string[] {
  const { password, UMAMI_ADMIN_PASSWORD } = JSON.parse(manager.values.get(UMAMI_SECRET) ?? '');
  return [password, UMAMI_ADMIN_PASSWORD];
}

test('no password gets into the log of a server that logs every statement', async () => {
  await handler(createEvent(properties));
  await asSuperuser(`alter role umami_user password ${escapeLiteral(await scramVerifier('of somebody'))}`);
  await handler(updateEvent('umami-request-1', properties, properties));

  // The log comes through a pipe: it is complete when it holds the last statement.
  const last = () => server.log().match(/alter role "umami_user" with login password/g)?.length;
  await expect.poll(last, { timeout: 20_000 }).toBe(1);
  expect(server.log()).toMatch(/create role "umami_user" with login .* password 'SCRAM-SHA-256\$4096:/);
  expect(server.log()).toMatch(/alter role "umami_user" with login password 'SCRAM-SHA-256\$4096:/);
  for (const password of [...passwords(), ADMINISTRATOR.password]) {
    expect(password.length).toBeGreaterThan(10);
    expect(server.log()).not.toContain(password);
    expect(server.log()).not.toContain(escapeLiteral(password));
  }
});

test('every ERROR that verify causes as the database role has an application_name of its own, by which an alarm can leave it out', async () => {
  await handler(createEvent(properties));
  await asSuperuser('revoke connect on database template1 from public');
  const folder = mkdtempSync(join(tmpdir(), 'umami-db-log-'));
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, server.caCertificate);
  const address = ['--host', server.host, '--port', String(server.port), '--database', 'application', '--ca', ca];
  const about = ['--admin-secret', ADMIN_SECRET, '--secret', UMAMI_SECRET, '--owner', String(properties['Owner'])];
  const before = server.log().length;
  const code = await main(['verify', '--json', ...address, ...about]);
  rmSync(folder, { recursive: true });
  const report = JSON.parse(String(vi.mocked(process.stdout.write).mock.lastCall?.[0]));
  const refused = report.attempts.filter(({ sqlstate }: { sqlstate?: string }) => sqlstate !== undefined);

  const lines = () => server.log().slice(before).split('\n');
  const errors = () => lines().filter((line) => /\|umami_user\|(ERROR|FATAL):/.test(line));
  // On a busy machine some are more: an attempt that took too long is made again.
  await expect.poll(() => errors().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(refused.length);
  expect([code, refused.length > 50]).toEqual([0, true]);
  expect(errors().filter((line) => !line.startsWith('user-metrics-verify|'))).toEqual([
    '[unknown]|umami_user|FATAL:  permission denied for database "template1"',
  ]);
});
