import { setTimeout } from 'node:timers/promises';
import type { DBClusterSnapshot } from '@aws-sdk/client-rds';
import { explainUnreachable } from '../secret/unreachable';
import { ProvisionError } from '../target/provision-error';

/** A snapshot that was finished so long ago, in milliseconds, still counts as taken before the upgrade. */
const RECENT = 60 * 60 * 1000;

/** Milliseconds between two requests for the status of a snapshot that is being created. */
const PAUSE = 10_000;

/** Milliseconds in which a snapshot has to be finished. */
const SNAPSHOT_TIMEOUT = 60 * 60 * 1000;

export interface SnapshotInput {
  /** DBClusterIdentifier. */
  readonly cluster: string;
  /** @default - of the environment */
  readonly region?: string;
  /** What the name of a snapshot for the same purpose begins with: one that is being made, or was just finished, is taken. */
  readonly prefix: string;
  /** DBClusterSnapshotIdentifier of a new one. */
  readonly name: string;
  /** Told when it is created or found, and at each request for its status; the upgrade waits until it ends. */
  onProgress?(text: string): unknown;
  /** When it has to be finished, on the clock of `performance.now()`. @default - an hour from now */
  readonly deadline?: number;
  /** Milliseconds between two requests for its status. @default 10000 */
  readonly pause?: number;
}

/**
 * Takes a snapshot of a cluster and waits until it can be restored. After a kill the next run waits for the same one.
 *
 * @returns its DBClusterSnapshotIdentifier
 * @throws ProvisionError when it failed, is not finished in time, or Amazon RDS cannot be reached
 */
export async function takeSnapshot(input: SnapshotInput): Promise<string> {
  const { cluster, region, name, onProgress, pause = PAUSE, deadline = performance.now() + SNAPSHOT_TIMEOUT } = input;
  // Loaded only where a snapshot is taken; with require, for Lambda finds its SDK by NODE_PATH, which import() ignores.
  const rds: typeof import('@aws-sdk/client-rds') = require('@aws-sdk/client-rds');
  const client = new rds.RDSClient({ defaultsMode: 'standard', region });
  try {
    const pages = rds.paginateDescribeDBClusterSnapshots(
      { client },
      { DBClusterIdentifier: cluster, SnapshotType: 'manual' },
    );
    const all: DBClusterSnapshot[] = [];
    for await (const { DBClusterSnapshots = [] } of pages) all.push(...DBClusterSnapshots);
    const found = all.filter((one) => isUsable(one, input)).sort(byTime)[0];
    const ids = { DBClusterIdentifier: cluster, DBClusterSnapshotIdentifier: name };
    let snapshot = found ?? (await client.send(new rds.CreateDBClusterSnapshotCommand(ids))).DBClusterSnapshot;
    const id = snapshot?.DBClusterSnapshotIdentifier ?? name;
    await onProgress?.(`snapshot ${id} of cluster ${cluster}: ${found ? 'found' : 'created'}`);
    while (snapshot?.Status !== 'available') {
      const { Status = 'unknown', PercentProgress = 0 } = snapshot ?? {};
      if (snapshot && Status !== 'creating') throw failed(id, Status);
      await onProgress?.(`snapshot ${id}: ${Status}, ${PercentProgress} %`);
      if (performance.now() + pause > deadline) throw late(id);
      await setTimeout(pause);
      const described = await client.send(
        new rds.DescribeDBClusterSnapshotsCommand({ DBClusterIdentifier: cluster, DBClusterSnapshotIdentifier: id }),
      );
      snapshot = described.DBClusterSnapshots?.[0];
    }
    return id;
  } catch (error) {
    throw explainUnreachable('Amazon RDS', error);
  } finally {
    client.destroy();
  }
}

function isUsable(snapshot: DBClusterSnapshot, { prefix }: SnapshotInput): boolean {
  const { DBClusterSnapshotIdentifier: id = '', Status, SnapshotCreateTime: at } = snapshot;
  if (!id.startsWith(`${prefix}-`)) return false;
  return Status === 'creating' || (Status === 'available' && at !== undefined && Date.now() - at.getTime() < RECENT);
}

/** The newest first; one that has only begun may have no time yet. */
function byTime(one: DBClusterSnapshot, other: DBClusterSnapshot): number {
  const time = ({ SnapshotCreateTime: at }: DBClusterSnapshot) => at?.getTime() ?? Number.POSITIVE_INFINITY;
  return Math.sign(time(other) - time(one)) || 0;
}

function failed(id: string, status: string): ProvisionError {
  return new ProvisionError(
    `Snapshot ${id} has status ${status}, expected: available. The schema was not changed. Find out why with: aws rds describe-events --source-type db-cluster-snapshot --source-identifier ${id}; delete the snapshot, and run it again.`,
  );
}

function late(id: string): ProvisionError {
  return new ProvisionError(
    `Snapshot ${id} was not finished in time; Amazon RDS goes on with it. The schema was not changed. Wait for it: aws rds wait db-cluster-snapshot-available --db-cluster-snapshot-identifier ${id}. Then deploy again: the snapshot is found, and no other one is made.`,
  );
}
