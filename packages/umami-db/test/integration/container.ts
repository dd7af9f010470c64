import { databaseUrl } from '../../runtime/secret/secret-value';
import { literal } from '../../runtime/sql/identifiers';
import { type Application, PASSWORD } from './application';
import { type MigrationFile, migrationFiles } from './prisma/migration-files';
import { migrateDeploy } from './prisma/schema-engine';

/** How a container signs in. */
export interface ContainerRole {
  readonly role: string;
  readonly password: string;
}

/**
 * Starts Umami's container as far as its migrations: what is missing is applied by Prisma's own engine.
 *
 * @param files those of its release. @default - those of Umami 3.4
 * @returns names of those that were applied
 * @throws Error with Prisma's code when the container would not start
 */
export function startContainer(
  { administrator, target }: Application,
  { role: username, password }: ContainerRole = { role: target.databaseRole, password: PASSWORD },
  files?: readonly MigrationFile[],
): Promise<string[]> {
  const { host, port, certificateAuthority } = administrator;
  const { database: dbname, schema } = target;
  const url = databaseUrl({ host, port, username, password, dbname, schema });
  return migrateDeploy({ databaseUrl: url, caCertificate: certificateAuthority }, files);
}

/**
 * Makes schema `umami` as Umami's own container does with its own role, which owns everything: the tables of a release, a
 * row of Prisma's ledger for each migration, and some data.
 */
export async function migrateByContainer(
  application: Application,
  {
    version,
    ledger = true,
    madeBy = 'superuser',
  }: { version: string; ledger?: boolean; madeBy?: 'superuser' | 'administrator' },
): Promise<ContainerRole> {
  const container = { role: `container_${application.target.databaseRole}`, password: 'of the container' };
  const makeRole = `create role ${container.role} with login password ${literal(container.password)}`;
  if (madeBy === 'superuser') await application.query(makeRole);
  else await (await application.administer()).query(makeRole);
  // It makes its schema by itself, and an extension in it.
  await application.query(`grant create on database ${application.target.database} to ${container.role}`);
  await startContainer(application, container, migrationFiles(version));
  await application.query(`insert into umami.website (website_id, name) values (gen_random_uuid(), 'kept')`);
  if (!ledger) await application.query('drop table umami._prisma_migrations');
  return container;
}
