import type { DatabaseUnderTest } from '../database/database-under-test';
import { askThroughUrl } from '../database/url-client';

export async function checkDatabaseUrl({ checklist, server, secret }: DatabaseUnderTest): Promise<void> {
  const { DATABASE_URL = '' } = secret;
  const { user, tls, users, error } = await askThroughUrl(DATABASE_URL, server.caCertificate);
  const evidence = `as ${user}, ${tls}, ${users} user in Umami's table "user" by its bare name`;
  checklist.verdict('client.database-url', error === undefined ? [] : [error], evidence);
}
