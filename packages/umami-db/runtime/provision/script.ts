import type { Section } from '../steps/statement';
import type { Target } from '../target/target';
import { TRANSACTION_SETTINGS } from './execute';
import { LOCK } from './lock';
import type { Plan } from './plan';

/** The SQL of a plan, for psql: the same statements in the same transactions, under the same lock. */
export function script({ sections }: Plan, { schema, database }: Pick<Target, 'schema' | 'database'>): string {
  const busy = sections.filter(({ statements }) => statements.length > 0);
  if (busy.length === 0) return `-- Schema ${comment(schema)} in database ${comment(database)}: nothing to do.\n`;
  return [
    `-- Schema ${comment(schema)} for Umami in database ${comment(database)}. Run it as the administrator for whom it was made.`,
    '-- It fits the database as it is now: after any other change, generate it again.',
    '\\set ON_ERROR_STOP on',
    `select pg_catalog.pg_advisory_lock(${LOCK});`,
    ...busy.map(transaction),
    `select pg_catalog.pg_advisory_unlock(${LOCK});`,
    '',
  ].join('\n');
}

function transaction({ name, statements }: Section): string {
  let migration: string | undefined;
  const lines = statements.flatMap((statement) => {
    const title = statement.migration !== undefined && statement.migration !== migration;
    migration = statement.migration;
    return [...(title ? [`\n-- ${migration}`] : []), `${statement.sql.trim()};`];
  });
  return ['', `-- ${name}`, 'begin;', ...TRANSACTION_SETTINGS.map((sql) => `${sql};`), ...lines, 'commit;', ''].join(
    '\n',
  );
}

/** A comment ends with its line. */
function comment(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}
