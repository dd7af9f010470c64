/** The props of a cost construct contradict each other or AWS; the message says what to change. */
export class CostError extends Error {
  override readonly name = 'CostError';
}
