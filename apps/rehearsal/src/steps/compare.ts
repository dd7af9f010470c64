import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { connect, describeSchema, ledgerSchema } from '@user-metrics/umami-db/runtime';
import { type RehearsalContext, required } from '../context';
import { askThroughUrl } from '../database/url-client';
import { oursOf, type Provisioned, withAdmin } from './provision';

/** Umami's migrations. */
const MIGRATIONS = 19;

/** What the secret holds; the last one only when Umami has an administrator. */
const SECRET_KEYS = ['engine', 'host', 'port', 'username', 'password', 'dbname', 'schema', 'DATABASE_URL'];

/** Compares what exists now with what should. */
export async function compare(context: RehearsalContext, { create }: Provisioned): Promise<string> {
  await checkMigrations(context);
  await checkCatalog(context);
  const secret = checkSecret(context, create.output);
  await checkIsolation(context, secret);
  await checkUrl(context, secret);
  return 'schema, ledgers, secret, isolation, sign-in';
}

async function checkMigrations(context: RehearsalContext): Promise<void> {
  const { schema } = oursOf(context);
  const count = (table: string) =>
    withAdmin(context, async (admin) => Number((await admin.query(`select count(*) from ${table}`)).rows[0].count));
  const prisma = await count(`${schema}._prisma_migrations where finished_at is not null`);
  const nodePgMigrate = await count(`${ledgerSchema({ schema })}.migrations`);
  const wrong =
    prisma === MIGRATIONS && nodePgMigrate === MIGRATIONS
      ? []
      : [`${prisma} in Prisma's ledger, ${nodePgMigrate} in node-pg-migrate's, instead of ${MIGRATIONS}`];
  context.checklist.verdict(
    'database.migrations',
    wrong,
    `${prisma} in Prisma's ledger, ${nodePgMigrate} in node-pg-migrate's`,
  );
}

async function checkCatalog(context: RehearsalContext): Promise<void> {
  const { schema, databaseRole } = oursOf(context);
  const packageFolder = dirname(createRequire(__filename).resolve('@user-metrics/umami-db/package.json'));
  const expected = JSON.parse(readFileSync(join(packageFolder, 'test', 'fixtures', 'catalog-3.1.0.json'), 'utf8'));
  await withAdmin(context, async (admin) => {
    const found = await describeSchema(admin, schema);
    const differing = Object.keys({ ...expected.tables, ...found.tables }).filter(
      (table) => JSON.stringify(found.tables[table]) !== JSON.stringify(sorted(expected.tables[table])),
    );
    const isEqual = JSON.stringify(found) === JSON.stringify(sorted(expected));
    const indexes = Object.values(found.tables).reduce((sum, { indexes }) => sum + (indexes as unknown[]).length, 0);
    context.checklist.verdict(
      'database.catalog',
      isEqual ? [] : [`differs in ${differing.join(', ') || 'something other than tables'}`],
      `${Object.keys(found.tables).length} tables, ${indexes} indexes`,
    );
    const { rows } = await admin.query(
      'select setconfig from pg_db_role_setting join pg_roles on pg_roles.oid = setrole where rolname = $1',
      [databaseRole],
    );
    const settings: string[] = rows[0]?.setconfig ?? [];
    const wanted = `search_path=${schema}`;
    context.checklist.verdict(
      'database.search-path',
      settings.map((line) => line.replaceAll('"', '')).includes(wanted)
        ? []
        : [`${wanted} is not among: ${settings.join(', ') || 'no settings'}`],
      settings.join(', '),
    );
  });
}

function checkSecret(context: RehearsalContext, output: string): { [key: string]: string } {
  const { checklist } = context;
  const { secretArn, adminSecretArn, resourceProperties } = required(context, 'databaseFunction');
  const { values } = required(context, 'secrets');
  const secret = JSON.parse(values.get(secretArn) ?? '{}');
  const keys = [
    ...SECRET_KEYS,
    ...(resourceProperties['UmamiAdministrator'] === 'none' ? [] : ['UMAMI_ADMIN_PASSWORD']),
  ].sort();
  const found = Object.keys(secret).sort();
  checklist.verdict(
    'secret.keys',
    found.join() === keys.join() ? [] : [`it holds ${found.join(', ')} instead of ${keys.join(', ')}`],
    found.join(', '),
  );
  const passwords = [
    secret.password,
    secret.UMAMI_ADMIN_PASSWORD,
    JSON.parse(values.get(adminSecretArn) ?? '{}').password,
  ].filter(Boolean);
  const texts = { 'the output of the function': output, 'the log of the server': context.server?.log() ?? '' };
  const leaks = Object.entries(texts).filter(([, text]) => passwords.some((password) => text.includes(password)));
  const seen =
    context.server?.log() === undefined
      ? 'the output of the function; the log of your server was not looked at'
      : Object.keys(texts).join(', ');
  checklist.verdict(
    'secret.unlogged',
    leaks.map(([where]) => `a password stands in ${where}`),
    `${passwords.length} passwords looked for in ${seen}`,
  );
  return secret;
}

async function checkIsolation(context: RehearsalContext, secret: { [key: string]: string }): Promise<void> {
  const { host, port, authority } = required(context, 'server');
  const { schema, database } = required(context, 'application');
  const relations = await withAdmin(context, async (admin) => {
    const { rows } = await admin.query(
      `select relname, relkind from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'v', 'S')`,
      [schema],
    );
    return rows.map(({ relname, relkind }) => ({ relation: `${schema}."${relname}"`, kind: relkind }));
  });
  const attempts = [
    ...relations.map(({ relation }) => `select * from ${relation} limit 1`),
    ...relations.filter(({ kind }) => kind === 'r').map(({ relation }) => `delete from ${relation}`),
    `select ${schema}.revenue()`,
    `create table ${schema}.intruder (id int)`,
  ];
  const client = await connect(
    {
      host,
      port,
      database,
      certificateAuthority: authority,
      user: String(secret['username']),
      password: String(secret['password']),
    },
    { retries: 0 },
  );
  const succeeded: string[] = [];
  try {
    for (const attempt of attempts)
      await client.query(attempt).then(
        () => succeeded.push(attempt),
        (error) => error.code === '42501' || succeeded.push(`${attempt}: ${error.message}`),
      );
  } finally {
    await client.end();
  }
  context.checklist.verdict(
    'isolation.application',
    succeeded.map((attempt) => `not refused: ${attempt}`),
    `${attempts.length} attempts, all refused`,
  );
}

async function checkUrl(context: RehearsalContext, secret: { [key: string]: string }): Promise<void> {
  const answer = await askThroughUrl(String(secret['DATABASE_URL']), required(context, 'server').authority);
  context.checklist.verdict(
    'client.database-url',
    answer.error ? [answer.error] : [],
    `as ${answer.user}, ${answer.tls}, ${answer.users} user in Umami's table "user" by its bare name`,
  );
}

function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  ) as T;
}
