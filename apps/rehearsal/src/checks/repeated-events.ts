import { describeSchema, ledgerSchema } from '@user-metrics/umami-db/runtime';
import type { Client } from 'pg';
import { type RehearsalContext, required } from '../context';
import { withAdmin } from '../database/as-admin';
import { oursOf } from '../database/database-under-test';
import { eventFor } from '../function/event';
import { type Invocation, invoke } from '../function/invoke';

/** The same properties once more: CloudFormation sends an update for every change of the function's code. */
export async function checkUpdate(context: RehearsalContext, create: Invocation): Promise<void> {
  const { PhysicalResourceId } = create.response;
  const { before, after, invocation } = await sendBetweenLooks(context, { RequestType: 'Update', PhysicalResourceId });
  const isReplaced = invocation.response.PhysicalResourceId !== PhysicalResourceId;
  context.checklist.verdict(
    'function.update',
    [
      ...(isReplaced ? ['another physical id, which replaces the resource'] : []),
      ...(before === after ? [] : ['schema, rights or secret differ']),
    ],
    `same physical id, schema, rights and secret; ${invocation.milliseconds} ms, the process included`,
  );
}

export async function checkDelete(context: RehearsalContext, create: Invocation): Promise<void> {
  const { PhysicalResourceId } = create.response;
  const { before, after, invocation } = await sendBetweenLooks(context, { RequestType: 'Delete', PhysicalResourceId });
  context.checklist.verdict(
    'function.delete',
    before === after ? [] : ['schema, rights or secret differ'],
    `everything is still there; ${invocation.milliseconds} ms`,
  );
}

async function sendBetweenLooks(
  context: RehearsalContext,
  request: object,
): Promise<{ before: string; after: string; invocation: Invocation }> {
  const before = await descriptionOfOurs(context);
  const { url } = required(context, 'secrets');
  const { signal } = context;
  const invocation = await invoke(required(context, 'databaseFunction'), eventFor(context, request), { url, signal });
  return { before, after: await descriptionOfOurs(context), invocation };
}

/** Everything of ours that an event could change, as one text. */
async function descriptionOfOurs(context: RehearsalContext): Promise<string> {
  const { schema, databaseRole } = oursOf(context);
  const secret = required(context, 'secrets').values.get(required(context, 'databaseFunction').secretArn);
  const state = await withAdmin(required(context, 'application'), async (admin) => {
    const rights = await admin.query(RIGHTS, [schema, ledgerSchema({ schema }), databaseRole]);
    return [await describeSchema(admin, schema, { without: [] }), rights.rows, await ledgerRows(admin, schema)];
  });
  return JSON.stringify([state, secret]);
}

/** Rows of Prisma's ledger, or nothing when there is none. */
async function ledgerRows(admin: Client, schema: string): Promise<unknown[]> {
  const ledger = `${schema}._prisma_migrations`;
  const { rows } = await admin.query('select to_regclass($1) is not null as exists', [ledger]);
  return rows[0].exists ? (await admin.query(`select * from ${ledger} order by migration_name`)).rows : [];
}

/** $1, $2: our schemas, $3: our database role. */
const RIGHTS = `
select oid::regclass::text as what, relowner::regrole::text as owner, relacl::text as rights
from pg_class where relnamespace in (to_regnamespace($1), to_regnamespace($2))
union all
select nspname, nspowner::regrole::text, concat(nspacl, obj_description(oid, 'pg_namespace')) from pg_namespace where nspname in ($1, $2)
union all
select rolname, rolconnlimit::text, concat(shobj_description(pg_roles.oid, 'pg_authid'), setconfig)
from pg_roles left join pg_db_role_setting on setrole = pg_roles.oid where rolname = $3
order by 1`;
