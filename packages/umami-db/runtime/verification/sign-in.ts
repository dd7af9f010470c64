import type { Client } from 'pg';
import { connect, type ServerAddress } from '../connection/connect';
import { families } from '../isolation/families/reading';
import { verifyIsolation } from '../isolation/verify-isolation';
import { explainFailure } from '../provision/explain-failure';
import { directEndpoint, type SecretValue, withSignIn } from '../secret/secret-value';
import { ProvisionError } from '../target/provision-error';
import type { Target } from '../target/target';
import type { AnsweredIsolation, AnsweredSecret } from './answer';
import { makeReadOnly } from './read-only';

/** `application_name`: each attempt that is refused is an ERROR in the server's log. */
const APPLICATION_NAME = 'user-metrics-verify';

interface SignedIn extends Pick<AnsweredSecret, 'tls' | 'failure'> {
  readonly attempted: Pick<AnsweredIsolation, 'attempts' | 'unexpected'>;
}

const NOT_ATTEMPTED = { attempts: null, unexpected: [] };

/**
 * Signs in with what the secret holds, over TLS, and tries to read outside of the schema. Every transaction is read-only:
 * EXPLAIN checks the privileges of an INSERT and runs nothing.
 */
export async function signInWithSecret(
  value: Partial<SecretValue>,
  { server, target }: { readonly server: ServerAddress; readonly target: Target },
): Promise<SignedIn> {
  const { username: user, password, dbname: database } = value;
  if (!user || !password || !database) return { tls: null, failure: null, attempted: NOT_ATTEMPTED };
  let client: Client | undefined;
  try {
    const signIn = { ...server, ...directEndpoint(value), user, password, database, applicationName: APPLICATION_NAME };
    client = await connect(signIn, { attemptTimeout: 10_000, retries: 2, afterAuthentication: false });
    await makeReadOnly(client);
    const { rows } = await client.query<{ tls: string }>(
      'select version as tls from pg_stat_ssl where pid = pg_backend_pid() and ssl',
    );
    const tls = rows[0]?.tls ?? null;
    const attempted = await attempt(client, target);
    const failure = await useTables(client).then(
      () => null,
      (error: Error) => `Database role ${user} cannot use the tables of Umami: ${error.message}`,
    );
    return { tls, failure, attempted };
  } catch (error) {
    const explained = explainFailure(error);
    if (!(explained instanceof ProvisionError)) throw explained;
    return { tls: null, failure: explained.message, attempted: NOT_ATTEMPTED };
  } finally {
    await client?.end().catch(() => {});
  }
}

/** Every release of Umami has the table. It is named as Umami's raw queries do: by the search_path alone. */
async function useTables(client: Client): Promise<void> {
  await client.query('explain select from website');
  await client.query(`explain insert into website (website_id, name) values (gen_random_uuid(), '')`);
}

async function attempt(client: Client, target: Target): Promise<SignedIn['attempted']> {
  const { attempts, unexpected } = await verifyIsolation(client, target, async () => {}, families);
  const count = (wanted: string) => attempts.filter(({ outcome }) => outcome === wanted).length;
  return {
    attempts: { blocked: count('blocked'), allowed: count('allowed'), notTried: count('not tried') },
    unexpected: unexpected.map(
      ({ attempt: name, object, outcome, reason }) =>
        `${name}${object ? `: ${object}` : ''} is ${outcome}${reason ? `, ${reason}` : ''}`,
    ),
  };
}

/** Connection strings that do not say what the other values of the secret say: Umami uses the strings alone. */
export function differingUrls(value: Partial<SecretValue>): string[] {
  const { username, password } = value;
  if (!username || !password) return [];
  const expected = withSignIn(value as SecretValue, { username, password });
  return (['DATABASE_URL', 'DIRECT_DATABASE_URL'] as const).filter((key) => value[key] && value[key] !== expected[key]);
}
