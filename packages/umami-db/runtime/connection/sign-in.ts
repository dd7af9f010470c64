import { type ConnectionOptions, connect, failureCode } from './connect';

/** SQLSTATE of a role, or a server, that has no connection left: the password was right. */
const NO_CONNECTION_LEFT = '53300';

/** Whether a database role can sign in with a password. */
export async function canSignIn(options: ConnectionOptions): Promise<boolean> {
  try {
    const client = await connect(options, { retries: 0 });
    await client.end();
    return true;
  } catch (error) {
    return failureCode(error) === NO_CONNECTION_LEFT;
  }
}
