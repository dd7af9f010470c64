export { type Comparison, compareSnapshots, type Difference, isUnannounced } from './compare';
export { newestBeforeFirstDeployment, readSnapshot, snapshotFiles, snapshotFolder, writeWhole } from './files';
export { type Snapshot, snapshotSchema } from './schema';
export { takeSnapshot, unreadIn } from './take';
export { comparisonInWords } from './words';
