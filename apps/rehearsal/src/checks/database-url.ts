import { type RehearsalContext, required } from '../context';
import { askThroughUrl } from '../database/url-client';
import { readSecret } from './secret';

export async function checkDatabaseUrl(context: RehearsalContext): Promise<void> {
  const { DATABASE_URL = '' } = readSecret(context);
  const { user, tls, users, error } = await askThroughUrl(DATABASE_URL, required(context, 'server').authority);
  const evidence = `as ${user}, ${tls}, ${users} user in Umami's table "user" by its bare name`;
  context.checklist.verdict('client.database-url', error === undefined ? [] : [error], evidence);
}
