/** PostgreSQL could not be fetched, started or reached; the message is one sentence for a person. */
export class PostgresServerError extends Error {
  override readonly name = 'PostgresServerError';
}
