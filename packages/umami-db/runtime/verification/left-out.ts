import type { LeftOut } from './answer';

/** What a snapshot leaves out: what changes by itself, what is data, and what PostgreSQL brings. */
export const LEFT_OUT: readonly LeftOut[] = [
  { what: 'rows, large objects, last values of sequences, contents of materialized views', why: 'they are data' },
  { what: 'passwords, user mappings', why: 'they are secrets' },
  { what: 'statistics, sizes, file nodes, transaction ids', why: 'they change with every write and every vacuum' },
  { what: 'partitions', why: 'tools such as pg_partman make and drop them by the calendar; their table is described' },
  { what: 'temporary tables', why: 'they end with their session' },
  { what: 'schemas pg_* and information_schema', why: 'they come with PostgreSQL' },
  { what: 'members of extensions', why: 'they come with the extension, which is described by its version' },
  { what: 'comments', why: 'they change nothing' },
  {
    what: 'objects of other databases',
    why: 'one connection reaches one database; its owner and grants are described',
  },
  {
    what: 'schemas and database roles of other stages of the foundation',
    why: 'their ownership comments name the stage, which has checks of its own',
  },
  { what: 'settings of the server', why: 'they belong to the parameter groups of the cluster' },
];
