import { withAdmin } from '../../database/as-admin';
import { differences, takeSnapshot } from '../../database/snapshot';
import { oursIn } from '../account';
import { changesOf, describePart } from '../existing-application/describe';
import type { AccountCheck } from './account-check';

/** `1.2.IV1`: the application's side of the database, and the record of the cluster and its admin secret. */
export const applicationSchema: AccountCheck = {
  id: '1.2.IV1',
  async run(account) {
    const { application, snapshot, workload } = account;
    const after = await withAdmin(application, (admin) => takeSnapshot(admin, application, oursIn(account)));
    // While the application works, the count of its orders cannot be right to the one.
    const placed = workload.ordersWhenStopped ?? after.orders - snapshot.orders;
    const { catalog, rows } = differences(snapshot, after, placed);
    const { aws, id: accountId, existingApplication } = account;
    const database = await describePart('database', { aws, accountId, existingApplication, approved: new Set() });
    return {
      wrong: [...catalog, ...rows, ...changesOf(account.before.database, database)],
      evidence: `${snapshot.rights.length} owners, grants and settings, ${snapshot.orders} orders of before, cluster and admin secret`,
    };
  },
};

/** `1.2.IV2`: the connections that were open all the time. */
export const applicationWork: AccountCheck = {
  id: '1.2.IV2',
  async run({ workload }) {
    const { transactions, errors, slowest } = workload.soFar;
    return {
      wrong: [...errors, ...(transactions === 0 ? ['it did nothing'] : [])],
      evidence: `${transactions} transactions over open connections, the slowest ${slowest} ms`,
    };
  },
};
