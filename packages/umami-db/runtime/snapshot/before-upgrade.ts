import type { ClientBase } from 'pg';
import { releaseOf } from '../migrations/known-migrations';
import type { History } from '../steps/planning';
import type { Target } from '../target/target';
import { snapshotName, snapshotPrefix } from './snapshot-name';
import { type SnapshotInput, takeSnapshot } from './take-snapshot';

/**
 * What is done before an upgrade: a snapshot of the cluster.
 *
 * @param client the session that holds the lock: it runs a query each time, so that nothing between ends it as idle
 */
export function snapshotBeforeUpgrade(
  client: ClientBase,
  target: Pick<Target, 'schema' | 'further'>,
  input: Omit<SnapshotInput, 'prefix' | 'name'> & { onProgress(text: string): void },
): (upgrade: Pick<History, 'applied' | 'pending'>) => Promise<void> {
  return async ({ applied, pending }) => {
    const release = releaseOf(applied.length + pending.length, target);
    await takeSnapshot({
      ...input,
      prefix: snapshotPrefix(target, release),
      name: snapshotName(target, release, new Date()),
      onProgress: async (text) => {
        input.onProgress(text);
        await client.query('select 1');
      },
    });
  };
}
