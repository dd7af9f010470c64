/** The props of a network construct contradict each other or AWS; the message says what to change. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}
