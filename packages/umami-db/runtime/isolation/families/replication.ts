import type { Family } from './family';

/** PostgreSQL checks permissions first, then whether it logs enough, then the name: this one it refuses. */
const NO_NAME = 'No Name';
const BEHIND = ['42602', '55000'];

export const replication = (): Family => ({
  name: 'replication',
  why: 'A replication slot hands out every change of every table, and a forgotten one fills the disk.',
  safe: 'The name of the slot is one that PostgreSQL refuses after it has checked permissions.',
  attempts: [
    {
      name: 'make a physical replication slot',
      sql: `select pg_create_physical_replication_slot('${NO_NAME}')`,
      behind: BEHIND,
    },
    {
      name: 'make a logical replication slot',
      sql: `select pg_create_logical_replication_slot('${NO_NAME}', 'test_decoding')`,
      behind: BEHIND,
    },
    {
      name: 'drop a replication slot',
      sql: `select pg_drop_replication_slot('${NO_NAME}')`,
      behind: ['42704', '42602'],
    },
  ],
});
