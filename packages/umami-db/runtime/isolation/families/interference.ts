import type { Family } from './family';

/** A key that nobody uses. */
const ADVISORY_KEY = '7305812945186332';

export const interference = (): Family => ({
  name: 'interference',
  why: 'A role can stand in the way of others without reaching anything of theirs.',
  safe: 'Everything is rolled back: nothing is notified, and the lock is of a key that nobody uses.',
  attempts: [
    {
      name: 'open connections without end',
      sql: 'select rolconnlimit = -1 as allowed from pg_roles where rolname = current_user',
    },
    {
      name: 'leave prepared transactions that hold locks for ever',
      sql: `select current_setting('max_prepared_transactions')::int > 0 as allowed`,
      everybody:
        'The server allows prepared transactions (max_prepared_transactions), and with it every role. Set it to 0 if nobody uses them.',
    },
    {
      name: 'take an advisory lock',
      sql: `select pg_try_advisory_xact_lock(${ADVISORY_KEY}) as allowed`,
      everybody:
        'Advisory locks have no permissions. A session that waits for one must have a lock_timeout; provisioning has.',
    },
    {
      name: 'notify listeners of any channel',
      sql: 'notify user_metrics_attempt',
      everybody: 'Channels have no permissions: a listener must not trust a notification. It gives no access to data.',
    },
    {
      name: 'listen to what the application notifies',
      sql: 'listen user_metrics_attempt',
      everybody: 'Channels have no permissions: nothing confidential belongs into NOTIFY.',
    },
    {
      name: 'read names and structure of what others own',
      sql: `select exists (select from pg_class where relnamespace = 'pg_catalog'::regnamespace) as allowed`,
      everybody:
        'The catalog is readable by every role; PostgreSQL itself and its drivers need it. Names and columns are seen, rows are not. Another database, or another cluster, hides them.',
    },
  ],
});
