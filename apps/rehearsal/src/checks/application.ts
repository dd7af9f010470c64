import { type RehearsalContext, required } from '../context';
import { withAdmin } from '../database/as-admin';
import { oursOf } from '../database/database-under-test';
import { differences, takeSnapshot } from '../database/snapshot';
import type { Work } from '../database/workload';

export function checkWork({ checklist }: RehearsalContext, { transactions, errors, slowest }: Work): void {
  const idle = transactions === 0 ? ['it did nothing'] : [];
  checklist.verdict(
    'application.work',
    [...errors, ...idle],
    `${transactions} transactions over 4 connections, the slowest ${slowest} ms`,
  );
}

/** Compares the application with what it was before, once its work has ended. */
export async function checkApplication(context: RehearsalContext, { orders }: Pick<Work, 'orders'>): Promise<void> {
  const before = required(context, 'before');
  const application = required(context, 'application');
  const after = await withAdmin(application, (admin) => takeSnapshot(admin, application, oursOf(context)));
  const { catalog, rows } = differences(before, after, orders);
  context.checklist.verdict(
    'application.catalog',
    catalog,
    `${before.rights.length} owners, grants and settings compared`,
  );
  context.checklist.verdict(
    'application.rows',
    rows,
    `${before.orders} orders and all customers of before, ${orders} orders of its own`,
  );
}
