import type { Target } from '../../runtime/target/target';

/** Names that are legal in PostgreSQL and break SQL text that is put together without quoting. */
export const HOSTILE: Target = {
  database: 'data"base',
  schema: 'über%sche\\ma',
  databaseRole: `ro'le"; drop role x; --`,
  owner: { name: `o'wner\\ "ä" %s $1`, id: `{"i'd"}` },
  limits: { connections: 7, statementSeconds: 8, idleInTransactionSeconds: 9 },
};

export const ORDINARY: Target = {
  database: 'application',
  schema: 'umami',
  databaseRole: 'umami_user',
  owner: { name: 'Stack/dev', id: 'umami-1' },
  limits: { connections: 30, statementSeconds: 120, idleInTransactionSeconds: 60 },
};
