import type { Snapshot } from '../../../src/snapshot/schema';

/** A snapshot that holds one kind of one service. */
export function snapshotOf(service: string, kind: string, resources: object, more: Partial<Snapshot> = {}): Snapshot {
  return {
    version: 1,
    account: '111122223333',
    region: 'us-east-1',
    stage: 'dev',
    takenAt: '2026-11-27T01:00:00.000Z',
    beforeFirstDeployment: true,
    announced: {},
    services: { [service]: { [kind]: resources as never } },
    database: { notRead: 'the database function is not deployed yet' },
    ...more,
  };
}
