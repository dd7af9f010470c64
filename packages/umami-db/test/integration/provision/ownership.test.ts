import { describe, expect, test } from 'vitest';
import { commentOn } from '../../../runtime/sql/ownership-comment';
import { eachApplication, PASSWORD } from '../application';
import { stateOf } from '../state';

const OTHER = { name: 'Other/prod', id: 'umami-1' };
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

async function asAdministrator(sql: string): Promise<void> {
  await (await application.administer()).query(sql);
}

describe('provisioning', () => {
  test('fails when the schema has no ownership comment', async () => {
    await asAdministrator('create schema umami');

    expect(await refusal()).toBe(
      `Schema umami ${UNMARKED} Choose another schema for Stack/test with \`schemaName\`${ADOPT}`,
    );
  });

  test('fails when the schema has a comment of somebody', async () => {
    await asAdministrator(`create schema umami; comment on schema umami is 'Metrics of Stack/test'`);

    expect(await refusal()).toBe(
      `Schema umami ${UNMARKED} Choose another schema for Stack/test with \`schemaName\`${ADOPT}`,
    );
  });

  test('fails when the schema belongs to another stack', async () => {
    await asAdministrator(`create schema umami; ${commentOn('schema', 'umami', OTHER)}`);

    expect(await refusal()).toBe(`Schema umami ${OTHERS} Choose another schema for Stack/test with \`schemaName\`.`);
  });

  test('fails when the schema is an Umami of somebody, which the administrator cannot even look into', async () => {
    await application.query(`create schema umami; create table umami._prisma_migrations (
      migration_name text, finished_at timestamptz, rolled_back_at timestamptz)`);

    expect(await refusal()).toBe(
      `Schema umami ${UNMARKED} Choose another schema for Stack/test with \`schemaName\`${ADOPT}`,
    );
  });

  test('fails when the schema for the ledger has no ownership comment', async () => {
    await asAdministrator('create schema umami_migrations');

    expect(await refusal()).toBe(
      `Schema umami_migrations ${UNMARKED} Choose another schema for Stack/test with \`schemaName\`${ADOPT}`,
    );
  });

  test('fails when the schema for the ledger belongs to another stack', async () => {
    await asAdministrator(`create schema umami_migrations; ${commentOn('schema', 'umami_migrations', OTHER)}`);

    expect(await refusal()).toBe(
      `Schema umami_migrations ${OTHERS} Choose another schema for Stack/test with \`schemaName\`.`,
    );
  });

  test('fails when the role has no ownership comment, and leaves its password alone', async () => {
    const { databaseRole } = application.target;
    await asAdministrator(`create role ${databaseRole} with login password 'of somebody'`);

    expect(await refusal()).toBe(
      `Database role ${databaseRole} ${UNMARKED} Choose another database role for Stack/test with \`databaseRoleName\`${ADOPT}`,
    );
    await expect(application.signIn(databaseRole, 'of somebody')).resolves.toBeDefined();
  });

  test('fails when the role belongs to another stack', async () => {
    const { databaseRole } = application.target;
    await asAdministrator(`create role ${databaseRole}; ${commentOn('role', databaseRole, OTHER)}`);

    expect(await refusal()).toBe(
      `Database role ${databaseRole} ${OTHERS} Choose another database role for Stack/test with \`databaseRoleName\`.`,
    );
  });

  test('fails for another stage of the same stack', async () => {
    await application.provision({ owner: { name: 'Stack/prod', id: 'umami-1' } });

    expect(await refusal()).toBe(
      'Schema umami belongs to Stack/prod: nothing was changed. Choose another schema for Stack/test with `schemaName`.',
    );
  });

  test('fails when an own schema has lost its ownership comment', async () => {
    await application.provision();
    await application.query('comment on schema umami is null');

    expect(await refusal()).toBe(
      `Schema umami ${UNMARKED} Choose another schema for Stack/test with \`schemaName\`${ADOPT}`,
    );
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
