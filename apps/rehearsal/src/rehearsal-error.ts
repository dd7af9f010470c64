/** The rehearsal cannot go on; the message is one sentence for a person. */
export class RehearsalError extends Error {
  override readonly name = 'RehearsalError';
}
