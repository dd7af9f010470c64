import { describe, expect, test } from 'vitest';
import { commentOn } from '../../../runtime/sql/ownership-comment';
import { eachApplication, PASSWORD } from '../application';
import { stateOf } from '../state';

const OTHER = { name: 'Other/prod', id: 'umami-1' };
const SCHEMA = 'Choose another schema for Stack/test with `schemaName`';
const ROLE = 'Choose another database role for Stack/test with `databaseRoleName`';
const UNMARKED = 'exists and has no ownership comment: nothing was changed.';
const ADOPT = ', or adopt it with `adopt` if it is an Umami.';
const OTHERS = 'belongs to Other/prod: nothing was changed.';

const application = eachApplication();

/** Provisions, which has to fail and to change nothing; answers with the sentence. */
async function refusal(): Promise<string> {
  const before = await stateOf(application);
  const error = await application.provision().catch((reason: Error) => reason);
  expect(error).toMatchObject({ name: 'ProvisionError' });
  expect(await stateOf(application)).toEqual(before);
  return (error as Error).message;
}

/** What is there before: SQL of the administrator with the database role for `ROLE`. */
const REFUSED: readonly (readonly [what: string, sql: string, sentence: string])[] = [
  ['a schema without an ownership comment', 'create schema umami', `Schema umami ${UNMARKED} ${SCHEMA}${ADOPT}`],
  [
    'a schema with a comment of somebody',
    `create schema umami; comment on schema umami is 'Metrics of Stack/test'`,
    `Schema umami ${UNMARKED} ${SCHEMA}${ADOPT}`,
  ],
  [
    'a schema of another stack',
    `create schema umami; ${commentOn('schema', 'umami', OTHER)}`,
    `Schema umami ${OTHERS} ${SCHEMA}.`,
  ],
  [
    'a schema of another stage of the same stack',
    `create schema umami; ${commentOn('schema', 'umami', { name: 'Stack/prod', id: 'umami-1' })}`,
    `Schema umami belongs to Stack/prod: nothing was changed. ${SCHEMA}.`,
  ],
  [
    'a schema for the ledger without an ownership comment',
    'create schema umami_migrations',
    `Schema umami_migrations ${UNMARKED} ${SCHEMA}${ADOPT}`,
  ],
  [
    'a schema for the ledger of another stack',
    `create schema umami_migrations; ${commentOn('schema', 'umami_migrations', OTHER)}`,
    `Schema umami_migrations ${OTHERS} ${SCHEMA}.`,
  ],
  [
    'a database role without an ownership comment',
    `create role ROLE with login password 'of somebody'`,
    `Database role ROLE ${UNMARKED} ${ROLE}${ADOPT}`,
  ],
  [
    'a database role of another stack',
    `create role ROLE; ${commentOn('role', 'ROLE', OTHER)}`,
    `Database role ROLE ${OTHERS} ${ROLE}.`,
  ],
];

describe('provisioning fails, and changes nothing, where there is', () => {
  test.each(REFUSED)('%s', async (_, sql, sentence) => {
    const named = (text: string) => text.replaceAll('ROLE', application.target.databaseRole);
    await (await application.administer()).query(named(sql));

    expect(await refusal()).toBe(named(sentence));
  });

  test('an Umami of somebody, which the administrator cannot even look into', async () => {
    await application.query(`create schema umami; create table umami._prisma_migrations (
      migration_name text, finished_at timestamptz, rolled_back_at timestamptz)`);

    expect(await refusal()).toBe(`Schema umami ${UNMARKED} ${SCHEMA}${ADOPT}`);
  });

  test('an own schema that has lost its ownership comment', async () => {
    await application.provision();
    await application.query('comment on schema umami is null');

    expect(await refusal()).toBe(`Schema umami ${UNMARKED} ${SCHEMA}${ADOPT}`);
  });
});

describe('the same owner under another id', () => {
  const marks = () =>
    application.query(
      `select obj_description(oid, 'pg_namespace')::text as mark from pg_namespace where nspname like 'umami%'
       union all select shobj_description(oid, 'pg_authid') from pg_roles where rolname = $1`,
      [application.target.databaseRole],
    );

  test('transfers schema, ledger and role, and writes its id', async () => {
    await application.provision();
    await application.query(`insert into umami.website (website_id, name) values (gen_random_uuid(), 'kept')`);
    const report = await application.provision({ owner: { name: 'Stack/test', id: 'umami-2' } });

    const mark = 'user-metrics owner: {"name":"Stack/test","id":"umami-2"}';
    const { database } = application.target;
    const ofRole = mark.replace('}', `,"database":"${database}","schema":"umami"}`);
    expect(await marks()).toEqual([{ mark }, { mark }, { mark: ofRole }]);
    expect(report.applied).toEqual([]);
    expect(await application.query('select name from umami.website')).toEqual([{ name: 'kept' }]);
    await expect(application.signIn(application.target.databaseRole, PASSWORD)).resolves.toBeDefined();
  });
});
