import { randomBytes } from 'node:crypto';
import { Client, escapeLiteral } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scramVerifier } from '../../../runtime/sql/scram';
import { execute, superuser } from '../server';

const PRINTABLE = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
const PASSWORDS = [
  'pencil',
  PRINTABLE,
  ' ',
  'x'.repeat(500),
  'pässwörd',
  'e\u0301',
  'ﬁ',
  'a\u00a0b',
  'a\u00adb',
  '日本🦊',
];

let role: string;

beforeEach(async () => {
  role = `role_${randomBytes(6).toString('hex')}`;
  await execute(`create role ${role} login`);
});

afterEach(() => execute(`drop role ${role}`));

async function signIn(password: string): Promise<string> {
  const client = new Client({ ...superuser('postgres'), user: role, password });
  try {
    await client.connect();
    return (await client.query('select current_user')).rows[0].current_user;
  } finally {
    await client.end();
  }
}

async function query(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
  const client = new Client(superuser('postgres'));
  await client.connect();
  const { rows } = await client.query(sql, values);
  await client.end();
  return rows;
}

describe('a verifier', () => {
  test.each(PASSWORDS)('lets a role sign in with the password %j', async (password) => {
    await execute(`alter role ${role} password ${escapeLiteral(await scramVerifier(password))}`);

    expect(await signIn(password)).toBe(role);
  });

  test.each(['pencil', PRINTABLE])('fails for any other password than %j', async (password) => {
    const verifier = await scramVerifier(password);
    await execute(`alter role ${role} password ${escapeLiteral(verifier)}`);

    for (const wrong of [`${password}x`, password.toUpperCase(), password.slice(1), verifier])
      await expect(signIn(wrong)).rejects.toThrow('password authentication failed');
  });

  test.each(PASSWORDS)('is the one that PostgreSQL itself makes of %j', async (password) => {
    await execute(`alter role ${role} password ${escapeLiteral(password)}`);
    const [row] = await query('select rolpassword from pg_authid where rolname = $1', [role]);
    const stored = String(row?.['rolpassword']);
    const salt = /:([^$]+)\$/.exec(stored)?.[1] ?? '';

    expect(await scramVerifier(password, Buffer.from(salt, 'base64'))).toBe(stored);
  });
});
