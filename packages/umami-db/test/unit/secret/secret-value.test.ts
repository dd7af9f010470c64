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
  test('holds what AWS and Umami expect, and nothing else', () => {
    const { password, APP_SECRET, TWO_FACTOR_ENCRYPTION_KEY, UMAMI_ADMIN_PASSWORD, ...rest } = secretValue(
      TARGET,
      {},
      'of the administrator',
    );

    expect(rest).toEqual({
      engine: 'postgres',
      host: 'cluster.example.com',
      port: 5432,
      username: 'umami_user',
      dbname: 'application',
      schema: 'umami',
      DATABASE_URL: URL_OF(password),
      DIRECT_DATABASE_URL: URL_OF(password),
    });
    expect(TWO_FACTOR_ENCRYPTION_KEY).toMatch(/^[0-9a-f]{64}$/);
    expect(password).toMatch(GENERATED);
    expect(APP_SECRET).toMatch(GENERATED);
    expect(APP_SECRET).not.toBe(password);
    expect(UMAMI_ADMIN_PASSWORD).toBe('of the administrator');
  });

  test('has other passwords each time', () => {
    const values = Array.from({ length: 50 }, () => secretValue(TARGET, {}, 'of the administrator'));
    const passwords = values.flatMap((value) => [value.password, value.APP_SECRET, value.TWO_FACTOR_ENCRYPTION_KEY]);

    expect(new Set(passwords).size).toBe(150);
  });

  test('names no administrator when there is to be none', () => {
    expect(secretValue(TARGET, {}, undefined)).not.toHaveProperty('UMAMI_ADMIN_PASSWORD');
  });
});

describe('a value for which passwords are known', () => {
  test('keeps them', () => {
    const known = { ...KNOWN, APP_SECRET: 'stable', TWO_FACTOR_ENCRYPTION_KEY: 'stable too', passwordVersion: '2' };

    expect(secretValue(TARGET, known, 'of the administrator')).toMatchObject(known);
  });

  test('forgets an administrator that is not to be', () => {
    expect(secretValue(TARGET, KNOWN, undefined)).not.toHaveProperty('UMAMI_ADMIN_PASSWORD');
  });

  test('gets another password and nothing else', () => {
    const value = secretValue(TARGET, KNOWN, 'of the administrator');

    expect(withSignIn(value, { username: value.username, password: 'p@ss' })).toEqual({
      ...value,
      password: 'p@ss',
      DATABASE_URL: URL_OF('p%40ss'),
      DIRECT_DATABASE_URL: URL_OF('p%40ss'),
    });
  });

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

  test('follows another host, port, database and schema', () => {
    const moved = { ...TARGET, host: 'other', port: 6543, database: 'shop', schema: 'metrics' };

    expect(
      secretValue(moved, { ...KNOWN, host: 'old', port: 1, dbname: 'old', schema: 'old' }, undefined),
    ).toMatchObject({
      host: 'other',
      port: 6543,
      dbname: 'shop',
      schema: 'metrics',
      password: 'known',
      DATABASE_URL: 'postgresql://umami_user:known@other:6543/shop?schema=metrics&sslmode=verify-full',
    });
  });

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

  test('leads to a new value when it is the one of CloudFormation', () => {
    const known = parseSecretValue(`'i=NR{2}-%\\7*:y?LhU|t+^"&kWz;o(Q9`);

    expect(secretValue(TARGET, known, undefined).password).toMatch(GENERATED);
  });
});
