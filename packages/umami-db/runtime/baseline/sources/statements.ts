import { type MakeSources, notMember, rate, type Shape, type Source, value } from '../source';

/** Statements whose figures are kept apart. */
const TOP = 10;

const MEAN: Shape = {
  column: 'milliseconds',
  name: 'mean time of statements',
  unit: 'ms',
  worse: 'higher',
  relevant: 0.5,
  as: { per: 'calls' },
};

/** Times of statements: of Umami's database roles, of all others, and of the top ones by query id. Never their text. */
export const statementSources: MakeSources = (server) => {
  const { statementsSchema, ofRole, seesAllSessions } = server;
  if (statementsSchema === null)
    return [{ what: VIEW, state: 'not applicable', reason: 'The extension is not installed in this database.' }];
  const info = `(select stats_reset from ${statementsSchema}.pg_stat_statements_info) as reset`;
  // Without the argument PostgreSQL would read the texts of all statements from a file.
  const statement = `statement as (
      select ${ofRole('pg_get_userbyid(userid)')} as of, s.* from ${statementsSchema}.pg_stat_statements(false) s
    ), top as (
      select of, queryid, 'with query id ' || queryid as item, sum(calls) as calls, sum(total_exec_time) as milliseconds,
        max(stddev_exec_time) as deviation
      from statement where queryid is not null group by of, queryid order by sum(total_exec_time) desc limit ${TOP}
    )`;
  const sums = { what: VIEW, view: VIEW, group: 'statements' } as const;
  const growing: Source = {
    ...sums,
    sql: `with ${statement}
      select of, null as item, ${info}, sum(calls) as calls, sum(total_exec_time) as milliseconds, sum(rows) as rows,
        sum(shared_blks_read) as read, sum(temp_blks_written) as temporary from statement group by of
      union all select of, item, ${info}, calls, milliseconds, null, null, null from top`,
    figures: [
      rate('calls', 'calls of statements', '1/s', 5),
      MEAN,
      rate('milliseconds', 'time in statements', 'ms/s', 20, 'higher'),
      rate('rows', 'rows of statements', '1/s', 1_000),
      rate('read', 'blocks read by statements', '1/s', 10, 'higher'),
      rate('temporary', 'temporary blocks written by statements', '1/s', 10, 'higher'),
    ],
  };
  const sinceReset: Source = {
    ...sums,
    what: 'statements since the reset of pg_stat_statements',
    once: true,
    sql: `with ${statement} select of, item, ${info}, calls, milliseconds / nullif(calls, 0) as mean, deviation from top`,
    figures: [
      value('calls', 'calls since the reset', 'calls', 0),
      value('mean', 'mean time since the reset', 'ms', 0, 'higher'),
      value('deviation', 'standard deviation of the time since the reset', 'ms', 0, 'higher'),
    ],
  };
  if (seesAllSessions) return [growing, sinceReset];
  return [growing, sinceReset, notMember(server, 'query ids of the statements of others')];
};

const VIEW = 'pg_stat_statements';
