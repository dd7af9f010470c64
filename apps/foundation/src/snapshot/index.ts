export { compareSnapshots, isUnannounced } from './compare';
export {
  firstWithDatabase,
  newestBeforeFirstDeployment,
  readSnapshot,
  type SnapshotFile,
  snapshotFiles,
  snapshotFolder,
  writeWhole,
} from './files';
export { type FirstCaptureFile, firstCaptureFile, keepFirstCapture } from './first-capture';
export type { Comparison, Difference, Snapshot } from './schema';
export { takeSnapshot, unreadIn } from './take';
export { comparisonInWords } from './words';
