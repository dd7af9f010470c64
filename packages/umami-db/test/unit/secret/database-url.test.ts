import { parse, toClientConfig } from 'pg-connection-string';
import { describe, expect, test } from 'vitest';
import { databaseUrl } from '../../../runtime/secret/secret-value';

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
const VALUE = { host: 'h.example', port: 6543, username: 'u', password: 'p', dbname: 'd', schema: 's' };

/** What a program sees that takes the URL apart with `new URL`, as Umami does. */
function read(text: string) {
  const url = new URL(text);
  return {
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    host: url.hostname,
    port: Number(url.port),
    dbname: decodeURIComponent(url.pathname.slice(1)),
    schema: url.searchParams.get('schema'),
  };
}

/** What the driver sees. */
function readByDriver(text: string) {
  const { user, password, host, port, database, ...rest } = parse(text);
  const schema = (rest as Record<string, unknown>)['schema'];
  return { username: user, password, host, port: Number(port), dbname: database, schema };
}

function survives(value: typeof VALUE): boolean {
  const expected = JSON.stringify(Object.entries(value).sort());
  return [read, readByDriver].every(
    (reader) => JSON.stringify(Object.entries(reader(databaseUrl(value))).sort()) === expected,
  );
}

test('the connection string is the one that Umami takes', () => {
  expect(databaseUrl(VALUE)).toBe('postgresql://u:p@h.example:6543/d?schema=s&sslmode=verify-full');
});

describe.each(['username', 'password', 'schema'] as const)('%s', (part) => {
  test('survives every printable character', () => {
    expect(PRINTABLE.filter((character) => !survives({ ...VALUE, [part]: `a${character}b` }))).toEqual([]);
    expect(PRINTABLE.filter((character) => !survives({ ...VALUE, [part]: character }))).toEqual([]);
  });

  test.each([PRINTABLE.join(''), PRINTABLE.toReversed().join(''), '%41 %zz +', 'ü🦊é', '日本'])(
    'survives %j',
    (text) => {
      expect(survives({ ...VALUE, [part]: text })).toBe(true);
    },
  );
});

describe('the database', () => {
  test('survives every printable character but those two that the driver cannot read in this place', () => {
    expect(PRINTABLE.filter((character) => !survives({ ...VALUE, dbname: `a${character}b` }))).toEqual(['#', '?']);
  });

  test('survives all of them together, and others', () => {
    const text = PRINTABLE.filter((character) => !'#?'.includes(character)).join('');

    for (const dbname of [text, '%41 %zz +', 'ü🦊é', 'my-app']) expect(survives({ ...VALUE, dbname })).toBe(true);
  });

  test('never turns into parameters', () => {
    const url = new URL(databaseUrl({ ...VALUE, dbname: 'd?sslmode=disable&schema=public#x' }));

    expect(url.search).toBe('?schema=s&sslmode=verify-full');
    expect(url.hash).toBe('');
  });
});

test('the driver checks the certificate and the name of the server', () => {
  const { ssl } = toClientConfig(parse(databaseUrl(VALUE)));

  // What is left out is at its default: rejectUnauthorized, and a check of the name.
  expect(ssl).toEqual({});
  expect(new URL(databaseUrl(VALUE)).searchParams.getAll('sslmode')).toEqual(['verify-full']);
});

test('no character of a password changes host or parameters', () => {
  const url = new URL(databaseUrl({ ...VALUE, password: '@other:1/x?schema=public&sslmode=disable#' }));

  expect(url.host).toBe('h.example:6543');
  expect(url.search).toBe('?schema=s&sslmode=verify-full');
});
