import { describeSchema, ledgerSchema } from '@user-metrics/umami-db/runtime';
import { type RehearsalContext, required } from '../context';
import { differences, takeSnapshot } from '../database/snapshot';
import { invoke } from '../function/invoke';
import { eventFor, oursOf, type Provisioned, withAdmin } from './provision';

/** Sends the event once more as an update, then a delete, and looks at the application afterwards. */
export async function repeat(context: RehearsalContext, { workload, create }: Provisioned): Promise<string> {
  const { checklist } = context;
  const target = required(context, 'databaseFunction');
  const { values, url } = required(context, 'secrets');
  const state = async () => JSON.stringify([await stateOfSchema(context), values.get(target.secretArn)]);
  const before = await state();
  const { PhysicalResourceId } = create.response;

  const update = await invoke(target, eventFor(context, { RequestType: 'Update', PhysicalResourceId }), url);
  const wrong = [
    ...(update.response.PhysicalResourceId === PhysicalResourceId
      ? []
      : ['another physical id, which replaces the resource']),
    ...((await state()) === before ? [] : ['schema, rights or secret differ']),
  ];
  checklist.verdict(
    'function.update',
    wrong,
    `same physical id, schema, rights and secret; ${update.milliseconds} ms, the process included`,
  );

  const removal = await invoke(target, eventFor(context, { RequestType: 'Delete', PhysicalResourceId }), url);
  checklist.verdict(
    'function.delete',
    (await state()) === before ? [] : ['schema, rights or secret differ'],
    `everything is still there; ${removal.milliseconds} ms`,
  );

  const work = await workload.stop();
  checklist.verdict(
    'application.work',
    work.errors,
    `${work.transactions} transactions over 4 connections, the slowest ${work.slowest} ms`,
  );
  await compareApplication(context, work.orders);
  return `${work.transactions} transactions of the application meanwhile`;
}

async function compareApplication(context: RehearsalContext, ordersPlaced: number): Promise<void> {
  const before = required(context, 'before');
  const after = await withAdmin(context, (admin) =>
    takeSnapshot(admin, required(context, 'application'), oursOf(context)),
  );
  const { catalog, rows } = differences(before, after, ordersPlaced);
  context.checklist.verdict(
    'application.catalog',
    catalog,
    `${before.rights.length} owners, grants and settings compared`,
  );
  context.checklist.verdict(
    'application.rows',
    rows,
    `${before.orders} orders and all customers of before, ${ordersPlaced} orders of its own`,
  );
}

/** Everything of ours in the database that an update could change. */
async function stateOfSchema(context: RehearsalContext): Promise<unknown> {
  const { schema, databaseRole } = oursOf(context);
  return withAdmin(context, async (admin) => {
    const rights = await admin.query(
      `select oid::regclass::text as what, relowner::regrole::text as owner, relacl::text from pg_class where relnamespace in ($1::regnamespace, $2::regnamespace)
       union all select nspname, nspowner::regrole::text, nspacl::text || coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where oid in ($1::regnamespace, $2::regnamespace)
       union all select rolname, rolconnlimit::text, shobj_description(pg_roles.oid, 'pg_authid') || coalesce(setconfig::text, '') from pg_roles left join pg_db_role_setting on setrole = pg_roles.oid where rolname = $3
       order by 1`,
      [schema, ledgerSchema({ schema }), databaseRole],
    );
    const { rows } = await admin.query(
      `select md5(string_agg(t::text, '|' order by t.id)) from ${schema}._prisma_migrations as t`,
    );
    return [await describeSchema(admin, schema, { without: [] }), rights.rows, rows];
  });
}
