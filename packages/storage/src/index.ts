export { LogArchiveBucket, type LogArchiveBucketProps } from './log-archive-bucket';
export type { LogArchivePreset } from './log-archive-lifecycle';
export { LogExport, type LogExportProps } from './log-export';
export { SessionReplayBucket } from './session-replay-bucket';
export type { SessionReplayBucketProps } from './session-replay-bucket-props';
export { StorageAlarm, type StorageAlarmProps } from './storage-alarm';
export { StorageError } from './storage-error';
export { storageRow, storedBytes } from './storage-metrics';
export { type BucketWithStorageTypes, STORAGE_TYPES, type StorageTypes } from './storage-types';
