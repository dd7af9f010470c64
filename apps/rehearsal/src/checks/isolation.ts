import { connect } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import type { Application } from '../database/application';
import { withAdmin } from '../database/as-admin';
import type { DatabaseUnderTest } from '../database/database-under-test';

/** SQLSTATE of a refusal because a privilege is missing. */
const INSUFFICIENT_PRIVILEGE = '42501';

/** Signs in as the new database role and tries to get at the application. */
export async function checkIsolation({ checklist, server, application, secret }: DatabaseUnderTest): Promise<void> {
  const { host, port, caCertificate } = server;
  const { database } = application;
  const { username = '', password = '' } = secret;
  const attempts = await attemptsOn(application);
  const client = await connect(
    { host, port, database, user: username, password, certificateAuthority: caCertificate },
    { retries: 0 },
  );
  const notRefused: string[] = [];
  try {
    for (const attempt of attempts) if (!(await isRefused(client, attempt))) notRefused.push(`not refused: ${attempt}`);
  } finally {
    await client.end();
  }
  checklist.verdict('isolation.application', notRefused, `${attempts.length} attempts, all refused`);
}

async function attemptsOn(application: Application): Promise<string[]> {
  const { schema } = application;
  const relations = await withAdmin(application, async (admin) => {
    const { rows } = await admin.query<{ relname: string; relkind: string }>(
      `select relname, relkind from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'v', 'S') order by 1`,
      [schema],
    );
    return rows.map(({ relname, relkind }) => ({ name: `${schema}."${relname}"`, isTable: relkind === 'r' }));
  });
  return [
    ...relations.map(({ name }) => `select * from ${name} limit 1`),
    ...relations.filter(({ isTable }) => isTable).map(({ name }) => `delete from ${name}`),
    `select ${schema}.revenue()`,
    `create table ${schema}.intruder (id int)`,
  ];
}

async function isRefused(client: Client, attempt: string): Promise<boolean> {
  try {
    await client.query(attempt);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === INSUFFICIENT_PRIVILEGE;
  }
}
