import type { Attempt, Family } from './family';

const MISSING = 'user_metrics/no/such/file';

/** A function that only superusers may call at first; with an empty path it finds no file. */
function call(name: string, sql: string, signature: string): Attempt {
  return {
    name,
    sql: `select ${sql}`,
    object: `function pg_catalog.${signature}`,
    privilege: 'EXECUTE',
    behind: ['58P01', '42704'],
  };
}

export const serverFiles = (): Family => ({
  name: 'server files',
  why: 'A session that reads files of the server reads every database on it; one that starts programs controls the server.',
  safe: 'The files do not exist, so that nothing is read or written; the program does nothing.',
  attempts: [
    call('read a file', `pg_read_file('${MISSING}')`, 'pg_read_file(text)'),
    call('read a file as bytes', `pg_read_binary_file('${MISSING}')`, 'pg_read_binary_file(text)'),
    call('list a folder', `pg_ls_dir('${MISSING}')`, 'pg_ls_dir(text)'),
    call('read the state of a file', `pg_stat_file('${MISSING}')`, 'pg_stat_file(text)'),
    call('list the logs', 'count(*) from pg_ls_logdir()', 'pg_ls_logdir()'),
    call('list the write-ahead log', 'count(*) from pg_ls_waldir()', 'pg_ls_waldir()'),
    call('find the current log', 'pg_current_logfile()', 'pg_current_logfile()'),
    { name: 'copy from a file', sql: `copy website from '/${MISSING}'`, behind: ['58P01'] },
    { name: 'copy to a file', sql: `copy (select 1) to '/${MISSING}'`, behind: ['58P01'] },
    { name: 'copy from a program', sql: `copy website from program 'true'` },
    { name: 'copy to a program', sql: `copy (select 1) to program 'cat > /dev/null'` },
    { name: 'load a library', sql: `load '/${MISSING}'`, behind: ['58P01'] },
  ],
});
