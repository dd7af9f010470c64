import { describe, expect, test } from 'vitest';
import { checkScript } from '../../../runtime/folder/check-script';
import { migrations } from '../../../runtime/migrations/index';
import { KNOWN, UMAMI_36 } from '../../support/migrations-folder';

describe('the statements of a script', () => {
  test.each(migrations.filter(({ name }) => name !== '23_update_session_data').map(({ name }) => name))(
    'are all accepted, word for word: %s',
    (name) => {
      const { statements, refused } = checkScript(KNOWN[name] ?? '');
      const sent = migrations.find((migration) => migration.name === name)?.statements ?? [];

      expect(refused).toEqual([]);
      const hash = "'{administratorPasswordHash}'";
      expect(statements.map(({ sql }) => sql)).toEqual(sent.map((sql) => sql.trim().replace(hash, "'theirs'")));
    },
  );

  test('have the line that each begins in, and no comment between them', () => {
    const { statements, refused } = checkScript(UMAMI_36['28_website_goal'] ?? '');

    expect([refused, statements.map(({ line }) => line)]).toEqual([[], [2, 5, 6]]);
    expect(statements.map(({ sql }) => sql.slice(0, 11))).toEqual(['ALTER TABLE', 'INSERT INTO', 'UPDATE "web']);
    expect(statements[2]?.sql).toMatch(/"website_id"$/);
  });

  test.each([
    `UPDATE website SET name = 'a;b'; UPDATE website SET name = E'a\\';b'`,
    `UPDATE website SET name = $x$;$$'$x$; UPDATE website SET name = 'a\\'`,
    `UPDATE "a;""b" SET name = 1; /* ; /* ; */ ; */ UPDATE website SET name = 2 -- ;`,
    `UPDATE website SET name = extract(day FROM website.created_at); UPDATE website SET a = 1 WHERE b IS DISTINCT FROM website.c`,
    `INSERT INTO website AS w (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = EXCLUDED.a WHERE w.a > 1.5;
     ALTER TABLE IF EXISTS ONLY "website" ADD "on" numeric(5, 2), DROP CONSTRAINT a, RENAME TO b`,
    `ALTER TABLE a ADD CONSTRAINT b FOREIGN KEY (c, d) REFERENCES website (e, f) ON DELETE CASCADE ON UPDATE CASCADE; DROP TABLE a`,
  ])('end where PostgreSQL ends them: %s', (script) => {
    const { statements, refused } = checkScript(script);

    expect([refused, statements.length]).toEqual([[], 2]);
  });
});

const ONLY =
  'a migration of Umami creates, alters and drops tables and indexes and changes their rows, and nothing else';

describe('a statement is refused with its line', () => {
  test.each([
    ...[
      'DROP SCHEMA umami CASCADE',
      'CREATE SCHEMA other',
      'CREATE ROLE other',
      'CREATE USER other',
      'ALTER ROLE umami_user SUPERUSER',
      'GRANT SELECT ON website TO PUBLIC',
      'REVOKE SELECT ON website FROM umami_user',
      `COPY website TO PROGRAM 'sh'`,
      'CREATE EXTENSION dblink',
      'CREATE FUNCTION f() RETURNS int AS $$ select 1; $$',
      'DO $$ begin end $$',
      'SET ROLE postgres',
      'RESET ROLE',
      `ALTER SYSTEM SET log_statement = 'all'`,
      'BEGIN',
      'COMMIT',
      'SELECT pg_terminate_backend(1)',
      'CREATE TEMP TABLE a (b int)',
      'CREATE VIEW a AS SELECT 1',
      `CREATE TYPE a AS ENUM ('b')`,
      'TRUNCATE website',
      'VACUUM website',
      'EXPLAIN ANALYZE DELETE FROM website',
      'ALTER TABLE website OWNER TO other',
      'ALTER TABLE website ADD a int, OWNER TO other',
      'ALTER TABLE website SET SCHEMA other',
      'ALTER TABLE website ENABLE ROW LEVEL SECURITY',
      'ALTER TABLE website DISABLE TRIGGER ALL',
      'ALTER INDEX a SET TABLESPACE b',
      '"DROP" TABLE website',
    ].map((sql) => [sql, ONLY]),
    ['CREATE INDEX CONCURRENTLY a ON website (b)', 'CONCURRENTLY does not work in the transaction of the migration'],
    ['DROP TABLE website CASCADE', 'CASCADE also drops what others made on the tables of Umami'],
    ['CREATE TABLE a (b int) TABLESPACE c', 'where tables are stored is for the administrator to decide'],
    ['CREATE TABLE a (b bigserial)', 'a serial column needs a sequence, on which the database role has no rights'],
    [`UPDATE website SET a = set_config('role', 'x', true)`, 'function set_config reaches beyond the tables of Umami'],
    [`UPDATE website SET a = "lo_import"('/etc/passwd')`, 'function lo_import reaches beyond the tables of Umami'],
    [`UPDATE website SET a = pg_read_file('x')`, 'pg_read_file belongs to PostgreSQL, not to Umami'],
    ['INSERT INTO website (a) SELECT rolname FROM pg_authid', 'pg_authid belongs to PostgreSQL, not to Umami'],
    ['DELETE FROM app.orders', 'it names app.orders, and the tables of Umami are named without a schema'],
    ['DELETE FROM "app" . "orders"', 'it names app.orders, and the tables of Umami are named without a schema'],
    ['DELETE FROM/**/app--\n.orders', 'it names app.orders, and the tables of Umami are named without a schema'],
    ['DELETE FROM website USING app.orders app', 'it names app.orders, and the tables of Umami are named'],
    ['UPDATE website SET a = (SELECT 1 FROM app.orders app)', 'it names app.orders, and the tables of Umami are named'],
    ['CREATE TABLE a (b int REFERENCES app.orders)', 'it names app.orders, and the tables of Umami are named'],
    ['CREATE INDEX a ON app.orders (id)', 'it names app.orders, and the tables of Umami are named'],
    ['ALTER TABLE public.website ADD a int', 'it names public.website, and the tables of Umami are named'],
    ['DROP TABLE IF EXISTS app.orders', 'it names app.orders, and the tables of Umami are named'],
    ['DROP INDEX app.orders_pkey', 'it names app.orders_pkey, and the tables of Umami are named'],
    ['UPDATE website SET a = app.now()', 'it names app.now, and the tables of Umami are named'],
    ['UPDATE website SET a = database.app.b', 'it names database.app, and the tables of Umami are named'],
  ] as [string, string][])('%s', (sql, reason) => {
    const [first] = sql.split('\n');
    const { refused } = checkScript(`-- A comment\n\nUPDATE website SET name = '';\n${sql};\nDROP TABLE a;`);

    expect(refused).toEqual([expect.stringContaining(`line 4: ${first}: ${reason}`)]);
  });

  test.each([
    [`UPDATE website SET name = 'a`, 'line 2 has a text that does not end'],
    ['UPDATE website SET name = "a', 'line 2 has a text that does not end'],
    ['UPDATE website SET name = $a$ $b$', 'line 2 has a text that does not end'],
    ['/* /* */', 'line 2 has a comment that does not end'],
    ['\\! sh', 'line 2 has the character "\\\\"'],
    ['UPDATE website SET name = :name', 'line 2 has the character ":"'],
    ['\0', 'line 2 has the character "\\u0000"'],
    [`UPDATE U&"\\0061pp" SET a = 1`, 'line 2 has a text with Unicode escapes'],
  ])('%j', (sql, reason) => {
    expect(checkScript(`\n${sql}`).refused).toEqual([reason]);
  });
});
