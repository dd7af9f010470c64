/** The database is not as it has to be; the message says what was found and what to do. */
export class ProvisionError extends Error {
  override readonly name = 'ProvisionError';
}
