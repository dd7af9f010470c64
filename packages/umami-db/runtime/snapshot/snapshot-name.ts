import type { Target } from '../target/target';

/** What the names of all snapshots before one upgrade of a schema begin with, as DBClusterSnapshotIdentifier allows it. */
export function snapshotPrefix({ schema }: Pick<Target, 'schema'>, release: string): string {
  const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return [...words(schema), 'before', ...words(release)].join('-').replace(/^(?=[0-9])/, 'schema-');
}

/** Name of a snapshot that is taken now: to the minute, in UTC. */
export function snapshotName(target: Pick<Target, 'schema'>, release: string, now: Date): string {
  return `${snapshotPrefix(target, release)}-${now.toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')}`;
}
