import { type ConnectionOptions, connect, refusesPassword, tookPassword } from './connect';

/** Few attempts: the administrator has just been connected, so the server is there. */
const RETRY_OPTIONS = { attemptTimeout: 10_000, retries: 3, afterAuthentication: false };

/**
 * Whether a database role can sign in with a password. It can where the server takes the password, even if it has no
 * connection left for that database role.
 *
 * @throws ProvisionError when the server answers nothing about the password: out of reach, or full
 */
export async function canSignIn(options: ConnectionOptions): Promise<boolean> {
  try {
    const client = await connect(options, RETRY_OPTIONS);
    await client.end();
    return true;
  } catch (error) {
    if (tookPassword(error)) return true;
    if (refusesPassword(error)) return false;
    throw error;
  }
}
