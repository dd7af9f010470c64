import { describe, expect, test } from 'vitest';
import { parseSecretValue, secretValue, umamiEndpoint, withSignIn } from '../../../runtime/secret/secret-value';

const TARGET = {
  host: 'cluster.example.com',
  port: 5432,
  database: 'application',
  schema: 'umami',
  databaseRole: 'umami_user',
};
const KNOWN = { username: 'umami_user', password: 'known', UMAMI_ADMIN_PASSWORD: 'of the administrator' };
const URL_OF = (password: string) =>
  `postgresql://umami_user:${password}@cluster.example.com:5432/application?schema=umami&sslmode=verify-full`;
const GENERATED = /^[\w-]{32}$/;

describe('a new value', () => {
  test('has other passwords each time', () => {
    const values = Array.from({ length: 50 }, () => secretValue(TARGET, {}, 'of the administrator'));
    const passwords = values.flatMap((value) => [value.password, value.APP_SECRET, value.TWO_FACTOR_ENCRYPTION_KEY]);

    expect(new Set(passwords).size).toBe(150);
  });
});

describe('a value for which passwords are known', () => {
  test("keeps Umami's endpoint and that of the administrator with another password", () => {
    const value = secretValue({ ...TARGET, umami: { host: 'pooler', port: 6432 } }, KNOWN, undefined);

    expect(umamiEndpoint(value)).toEqual({ host: 'pooler', port: 6432 });
    expect(withSignIn(value, { username: value.username, password: 'p@ss' })).toMatchObject({
      host: 'pooler',
      port: 6432,
      DATABASE_URL: 'postgresql://umami_user:p%40ss@pooler:6432/application?schema=umami&sslmode=verify-full',
      DIRECT_DATABASE_URL: URL_OF('p%40ss'),
    });
    expect(umamiEndpoint(secretValue(TARGET, KNOWN, undefined))).toBeUndefined();
  });

  test.each([undefined, { host: 'pooler', port: 6432 }])(
    'is the same again when it is made from itself (%o)',
    (umami) => {
      const target = { ...TARGET, ...(umami ? { umami } : {}) };
      const value = secretValue(target, {}, 'of the administrator');

      expect(
        JSON.stringify(secretValue(target, parseSecretValue(JSON.stringify(value)), value.UMAMI_ADMIN_PASSWORD)),
      ).toBe(JSON.stringify(value));
    },
  );

  test.each([
    ['belongs to another role', { ...KNOWN, username: 'somebody' }],
    ['belongs to nobody', { password: 'known' }],
    ['is empty', { ...KNOWN, password: '' }],
  ])('gets a new password when the one it has %s', (_, known) => {
    const { username, password } = secretValue(TARGET, known, undefined);

    expect(username).toBe('umami_user');
    expect(password).toMatch(GENERATED);
  });

  test('forgets whatever else it held', () => {
    const known = parseSecretValue('{"username":"umami_user","password":"known","masterarn":"x"}');

    expect(secretValue(TARGET, known, undefined)).not.toHaveProperty('masterarn');
  });
});

describe('the text of a secret', () => {
  test('is understood when it is a value', () => {
    expect(parseSecretValue('{"username":"umami_user","password":"p"}')).toEqual({
      username: 'umami_user',
      password: 'p',
    });
  });

  test.each([
    undefined,
    '',
    // What CloudFormation puts into a secret whose template says nothing: 32 characters of any kind.
    `'i=NR{2}-%\\7*:y?LhU|t+^"&kWz;o(Q9`,
    '{"username": "cut off',
    '31415926535897932384626433832795',
    '"text"',
    'null',
    'true',
  ])('holds nothing of ours: %j', (text) => {
    expect(parseSecretValue(text)).toEqual({});
  });
});
