import { expect, test } from 'vitest';
import { refusesPassword } from '../../../runtime/connection/connect';

/** An error of connecting, whose cause is what the server, or a pooler before it, answered. */
const failed = (code: string, message: string) =>
  new Error('The sentence.', { cause: Object.assign(new Error(message), { code }) });

test.each([
  ['28P01', 'password authentication failed for user "umami"'],
  ['28000', 'no pg_hba.conf entry for host'],
  // PgBouncer has one SQLSTATE for all of its errors.
  ['08P01', 'SASL authentication failed'],
  ['08P01', 'auth failed'],
])('%s, %s: refuses the password', (code, message) => {
  expect(refusesPassword(failed(code, message))).toBe(true);
});

test.each([
  ['08P01', 'query_wait_timeout'],
  ['53300', 'too many connections'],
])('%s, %s: says nothing about the password', (code, message) => {
  expect(refusesPassword(failed(code, message))).toBe(false);
});
