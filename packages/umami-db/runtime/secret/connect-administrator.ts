import type { Client } from 'pg';
import { connect, failureCode, type ServerAddress } from '../connection/connect';
import { SQLSTATE } from '../connection/sqlstate';
import { untilWriter } from '../connection/writer';
import { retry } from '../time/retry';
import type { AdminCredentials } from './secrets-manager';

/** Readings of the secret after the first one, in some 15 seconds: a rotation changes the database first, the secret moments later. */
const READINGS = 5;

/**
 * Connects the administrator with what its secret says at this moment. The secret may be rotated between the reading and
 * the sign-in: then it is read again.
 *
 * @param read reads the secret
 * @throws ProvisionError when the database cannot be reached, or refuses every password that the secret has had meanwhile
 */
export async function connectAdministrator(
  server: ServerAddress,
  read: () => Promise<AdminCredentials>,
): Promise<Client> {
  const attempt = async () => {
    const { username: user, password } = await read();
    return connect({ ...server, user, password });
  };
  const signIn = () =>
    retry(attempt, {
      retries: READINGS,
      minTimeout: 500,
      shouldRetry: ({ error }) => failureCode(error) === SQLSTATE.invalidPassword,
    });
  return untilWriter(signIn);
}
