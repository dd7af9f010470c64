import { type AwsEndpoint, startEndpoint, xml, xmlError } from '@user-metrics/aws-endpoint';

/** A snapshot, and the statuses that it goes through: one each time that it is described by its name. */
export interface Snapshot {
  readonly id: string;
  /** @default - it has no time yet */
  readonly created?: Date;
  readonly statuses: string[];
}

/** An HTTP endpoint that speaks as much of the query protocol of Amazon RDS as snapshots of a cluster need. */
export interface Rds extends AwsEndpoint {
  readonly snapshots: Snapshot[];
  /** Statuses of a snapshot from its creation on. */
  readonly statuses: string[];
  /** Told before a snapshot is created. */
  onCreate(): Promise<unknown>;
  /** Actions that were asked for, in order. */
  actions(): string[];
}

export async function startRds(): Promise<Rds> {
  const state = {
    snapshots: [] as Snapshot[],
    statuses: ['creating', 'available'],
    onCreate: async (): Promise<unknown> => undefined,
  };
  const endpoint = await startEndpoint(async ({ action, parameters }) => {
    const { DBClusterIdentifier: cluster, DBClusterSnapshotIdentifier: id, Marker } = parameters;
    const text = ({ id: name, created, statuses }: Snapshot) =>
      `<DBClusterSnapshot><DBClusterIdentifier>${cluster}</DBClusterIdentifier><PercentProgress>40</PercentProgress>
       <DBClusterSnapshotIdentifier>${name}</DBClusterSnapshotIdentifier><Status>${statuses[0]}</Status>${
         created ? `<SnapshotCreateTime>${created.toISOString()}</SnapshotCreateTime>` : ''
       }</DBClusterSnapshot>`;
    if (action === 'CreateDBClusterSnapshot') {
      await result.onCreate();
      const snapshot = { id: String(id), statuses: [...state.statuses] };
      state.snapshots.push(snapshot);
      return xml(action, text(snapshot));
    }
    if (id !== undefined) {
      const snapshot = state.snapshots.find((one) => one.id === id);
      if (!snapshot) return xmlError('DBClusterSnapshotNotFoundFault');
      if (snapshot.statuses.length > 1) snapshot.statuses.shift();
      return xml(action, `<DBClusterSnapshots>${text(snapshot)}</DBClusterSnapshots>`);
    }
    // A page holds one.
    const page = Number(Marker ?? 0);
    const next = page + 1 < state.snapshots.length ? `<Marker>${page + 1}</Marker>` : '';
    const listed = state.snapshots
      .slice(page, page + 1)
      .map(text)
      .join('');
    return xml(action, `<DBClusterSnapshots>${listed}</DBClusterSnapshots>${next}`);
  });
  const result = Object.assign(endpoint, state, { actions: () => endpoint.asked.map(({ action }) => action) });
  return result;
}
