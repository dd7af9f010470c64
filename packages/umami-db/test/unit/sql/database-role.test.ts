import { describe, expect, test } from 'vitest';
import {
  applySetting,
  createDatabaseRole,
  roleSettings,
  setConnectionLimit,
  setPassword,
} from '../../../runtime/sql/database-role';
import { HOSTILE, ORDINARY } from '../../support/hostile-names';

const ROLE = `"ro'le""; drop role x; --"`;

describe('the database role', () => {
  test('is made with a password, a limit of connections and the right to sign in', () => {
    expect(createDatabaseRole(ORDINARY, 'SCRAM-SHA-256$verifier')).toBe(
      `create role "umami_user" with login connection limit 30 password 'SCRAM-SHA-256$verifier'`,
    );
  });

  test('gets another password, and the right to sign in with it', () => {
    expect(setPassword(ORDINARY, 'SCRAM-SHA-256$verifier')).toBe(
      `alter role "umami_user" with login password 'SCRAM-SHA-256$verifier'`,
    );
  });

  test('gets another limit of connections', () => {
    expect(setConnectionLimit(ORDINARY)).toBe('alter role "umami_user" with connection limit 30');
  });

  test('keeps its name and its password together whatever they hold', () => {
    expect(createDatabaseRole(HOSTILE, "it's")).toBe(
      `create role ${ROLE} with login connection limit 7 password 'it''s'`,
    );
    expect(setPassword(HOSTILE, 'back\\slash')).toBe(`alter role ${ROLE} with login password  E'back\\\\slash'`);
    expect(setConnectionLimit(HOSTILE)).toBe(`alter role ${ROLE} with connection limit 7`);
  });
});

describe('the settings of the role', () => {
  test('are the path to its schema, two time limits and one processor a query, and nothing else', () => {
    expect(roleSettings(ORDINARY)).toEqual({
      search_path: '"umami"',
      statement_timeout: '120s',
      idle_in_transaction_session_timeout: '60s',
      max_parallel_workers_per_gather: '0',
    });
  });

  test('follow the limits and the schema that are given', () => {
    expect(roleSettings(HOSTILE)).toEqual({
      search_path: '"über%sche\\ma"',
      statement_timeout: '8s',
      idle_in_transaction_session_timeout: '9s',
      max_parallel_workers_per_gather: '0',
    });
  });

  test('hold in one database only', () => {
    expect(applySetting(ORDINARY, 'statement_timeout', '120s')).toBe(
      `alter role "umami_user" in database "application" set statement_timeout = '120s'`,
    );
  });

  test('name the schema as an identifier, not as a text that would be one schema with quotes in its name', () => {
    expect(applySetting(HOSTILE, 'search_path', '"über%sche\\ma"')).toBe(
      `alter role ${ROLE} in database "data""base" set search_path = "über%sche\\ma"`,
    );
  });

  test('quote a value that is text', () => {
    expect(applySetting(ORDINARY, 'application_name', "it's")).toBe(
      `alter role "umami_user" in database "application" set application_name = 'it''s'`,
    );
  });
});
