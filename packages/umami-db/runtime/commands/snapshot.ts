import type { Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { withSession } from '../cli/session';
import { makeReadOnly } from '../verification/read-only';
import { takeDatabaseSnapshot } from '../verification/snapshot';

/** Prints with --json what the verification function answers to `{ "action": "snapshot" }`. */
export async function snapshotCommand(flags: Flags, output: Output): Promise<number> {
  return withSession(flags, async ({ client, target }) => {
    await makeReadOnly(client);
    const snapshot = await output.whileRunning(() => takeDatabaseSnapshot(client, target));
    const lines = Object.entries(snapshot.schemas).map(([name, { owner, counts, catalog, grants }]) => {
      const objects = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
      return `Schema ${name} of ${owner}: ${objects.join(', ') || 'empty'}; definitions ${catalog.slice(0, 12)}, grants ${grants.slice(0, 12)}`;
    });
    const others = Object.keys(snapshot.serverObjects).length;
    output.result(snapshot, [
      ...lines,
      `${others} database roles, memberships, settings, databases and extensions of others`,
      '--json prints the hash of each object.',
    ]);
    return 0;
  });
}
