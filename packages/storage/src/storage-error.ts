/** The props of a bucket contradict each other or what OpenReplay needs; the message says what to change. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}
