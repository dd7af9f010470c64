import { runner } from 'node-pg-migrate';
import { type Client, escapeIdentifier as name } from 'pg';
import { migrationsUpTo } from '../../migrations/index';
import { migrationSource } from '../../migrations/node-pg-migrate';
import { migrationsOf } from '../../runtime/migrations/releases';
import { prismaRow } from '../../runtime/provision/migration-sql';
import { CREATE_PRISMA_LEDGER } from '../../runtime/sql/prisma-ledger';
import type { Application } from './application';

/** What a schema is like that Umami's own container made and migrated. */
export interface ContainerSchema {
  /** Database role that the container signs in as: it owns everything. */
  readonly role: string;
  readonly password: string;
}

/**
 * Makes schema `umami` as Umami's own container would with its own role: the tables of a release, a row of Prisma's ledger
 * for each migration, and some data.
 */
export async function migrateByContainer(
  application: Application,
  {
    version,
    ledger = true,
    madeBy = 'superuser',
  }: { version: string; ledger?: boolean; madeBy?: 'superuser' | 'administrator' },
): Promise<ContainerSchema> {
  const container = { role: `container_${application.target.databaseRole}`, password: 'of the container' };
  const makeRole = `create role ${container.role} with login password '${container.password}'`;
  if (madeBy === 'superuser') await application.query(makeRole);
  else await (await application.administer()).query(makeRole);
  await application.query(`create schema umami; alter schema umami owner to ${container.role}`);
  const client: Client = await application.signIn(container.role, container.password);
  await client.query('set search_path = umami');
  await runner({
    ...migrationSource({ administratorPasswordHash: 'theirs' }, migrationsUpTo(migrationsOf(version).at(-1)?.name)),
    dbClient: client,
    schema: 'umami',
    migrationsSchema: 'umami',
    migrationsTable: 'not_of_prisma',
    direction: 'up',
    singleTransaction: true,
    log: () => undefined,
  });
  await client.query('drop table not_of_prisma');
  if (ledger) {
    await client.query(CREATE_PRISMA_LEDGER);
    for (const migration of migrationsOf(version)) await client.query(prismaRow(migration.name));
  }
  await client.query(`insert into website (website_id, name) values (gen_random_uuid(), 'kept')`);
  await client.query(`set search_path = ${name('$user')}, public`);
  return container;
}
