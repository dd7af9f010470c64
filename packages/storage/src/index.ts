export { SessionReplayBucket, type SessionReplayBucketProps } from './session-replay-bucket';
export { StorageError } from './storage-error';
