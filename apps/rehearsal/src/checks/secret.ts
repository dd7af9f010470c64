import { type RehearsalContext, required } from '../context';
import { type DatabaseUnderTest, underTest } from '../database/database-under-test';

/** What every secret holds. */
const KEYS = [
  ...['APP_SECRET', 'DATABASE_URL', 'DIRECT_DATABASE_URL', 'TWO_FACTOR_ENCRYPTION_KEY', 'dbname', 'engine', 'host'],
  ...['password', 'port', 'schema', 'username'],
];

export function checkSecretKeys({ checklist, secret, umamiAdministrator, passwordVersion }: DatabaseUnderTest): void {
  const expected = [
    ...KEYS,
    ...(umamiAdministrator === 'none' ? [] : ['UMAMI_ADMIN_PASSWORD']),
    ...(passwordVersion === undefined ? [] : ['passwordVersion']),
  ].sort();
  const missing = expected.filter((key) => !secret[key]).map((key) => `${key} is missing`);
  const unexpected = Object.keys(secret)
    .filter((key) => !expected.includes(key))
    .map((key) => `${key} does not belong there`);
  checklist.verdict('secret.keys', [...missing, ...unexpected], expected.join(', '));
}

/** @param output everything that the function has printed */
export async function checkSecretUnlogged(context: RehearsalContext, output: string): Promise<void> {
  const { adminSecretArn } = required(context, 'databaseFunction');
  const admin = JSON.parse(required(context, 'secrets').values.get(adminSecretArn) ?? '{}');
  const { password, UMAMI_ADMIN_PASSWORD } = underTest(context).secret;
  const passwords = [password, UMAMI_ADMIN_PASSWORD, admin.password].filter((value) => value !== undefined);
  const log = await required(context, 'server').log();
  const texts = {
    'the output of the function': output,
    ...(log === undefined ? {} : { 'the log of the server': log }),
  };
  const leaks = Object.entries(texts).filter(([, text]) => passwords.some((secret) => text.includes(secret)));
  const unseen = log === undefined ? '; the log of your server was not searched' : '';
  context.checklist.verdict(
    'secret.unlogged',
    leaks.map(([where]) => `a password appears in ${where}`),
    `${passwords.length} passwords searched for in ${Object.keys(texts).join(' and ')}${unseen}`,
  );
}
