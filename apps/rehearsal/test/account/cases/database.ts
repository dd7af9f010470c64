import { setTimeout } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { type Account, oursIn } from '../../../lib/src/account/account';
import { published } from '../../../lib/src/account/published';
import { Workload } from '../../../lib/src/database/workload';
import type { Case, Restore } from './case';

/** Runs statements as superuser in the application's database, with the names of this account filled in. */
async function run(account: Account, statements: readonly string[]): Promise<void> {
  const names = {
    umami: escapeIdentifier(oursIn(account).databaseRole),
    database: escapeIdentifier(account.application.database),
    user: escapeIdentifier(account.application.user.user),
  };
  const client = await account.server.connectOwner(account.application.database);
  try {
    for (const statement of statements)
      await client.query(statement.replace(/\{(umami|database|user)\}/g, (_, name: keyof typeof names) => names[name]));
  } finally {
    await client.end();
  }
}

const sql =
  (breaking: readonly string[], restoring: readonly string[]) =>
  async (account: Account): Promise<Restore> => {
    await run(account, breaking);
    return () => run(account, restoring);
  };

/** Changes the value of a secret. */
async function withSecret(
  { aws }: Account,
  SecretId: string,
  change: (value: Record<string, string>) => object,
): Promise<Restore> {
  const { SecretString = '' } = await aws.secretsManager.getSecretValue({ SecretId });
  await aws.secretsManager.putSecretValue({ SecretId, SecretString: JSON.stringify(change(JSON.parse(SecretString))) });
  return () => aws.secretsManager.putSecretValue({ SecretId, SecretString });
}

/** Umami's schema, database role and secret; the application's side of the database. */
export const DATABASE: readonly Case[] = [
  {
    id: '1.2.AC1',
    what: 'an index is gone',
    broken: sql(['drop index umami.board_user_id_idx'], ['create index board_user_id_idx on umami.board (user_id)']),
    says: /^it differs in board/,
  },
  {
    id: '1.2.AC2',
    what: 'the search_path is gone',
    broken: sql(
      ['alter role {umami} in database {database} reset search_path'],
      ['alter role {umami} in database {database} set search_path = umami'],
    ),
    says: /^search_path=umami is not among/,
    // A client with DATABASE_URL finds no table.
    touches: ['1.2.AC3'],
  },
  {
    id: '1.2.AC3',
    what: 'the secret lacks a key',
    broken: async (account) =>
      withSecret(account, await published(account, 'database/secret-arn'), ({ engine, ...rest }) => rest),
    says: /^engine is missing$/,
  },
  {
    id: '1.2.AC3',
    what: 'the role cannot sign in',
    broken: sql(['alter role {umami} nologin'], ['alter role {umami} login']),
    says: /not permitted to log in/,
    // It signs in to try what it is refused.
    touches: ['1.2.AC4'],
  },
  {
    id: '1.2.AC4',
    what: 'the role reads a table of the application',
    broken: sql(
      ['grant usage on schema application to {umami}', 'grant select on application.customer to {umami}'],
      ['revoke all on application.customer from {umami}', 'revoke all on schema application from {umami}'],
    ),
    says: /^not refused: select \* from application\."customer" limit 1/,
    // Grants on the application's things.
    touches: ['1.2.IV1'],
  },
  {
    id: '1.2.AC6',
    what: 'a migration is not applied',
    broken: sql(
      ["update umami._prisma_migrations set rolled_back_at = now() where migration_name = '07_add_tag'"],
      ['update umami._prisma_migrations set rolled_back_at = null'],
    ),
    says: /25 in Prisma's ledger/,
  },
  {
    id: '1.2.IV1',
    what: 'a table more in the schema of the application',
    broken: sql(['create table application.left_over (id int)'], ['drop table application.left_over']),
    says: /^the catalog of the schema changed/,
  },
  {
    id: '1.2.IV1',
    what: 'another row',
    broken: sql(
      ["update application.customer set email = 'x' where id = 1"],
      ["update application.customer set email = 'customer-1@example.com' where id = 1"],
    ),
    says: /^customers changed$/,
  },
  {
    id: '1.2.IV1',
    what: 'the cluster is set up otherwise',
    broken: async ({ aws, neighbour }) => {
      const DBClusterIdentifier = neighbour.database.clusterIdentifier;
      const { DBClusters: [cluster] = [] } = await aws.rds.describeDBClusters({ DBClusterIdentifier });
      const put = (BackupRetentionPeriod: number) =>
        aws.rds.modifyDBCluster({ DBClusterIdentifier, BackupRetentionPeriod });
      await put(35);
      return () => put(cluster?.BackupRetentionPeriod ?? 1);
    },
    says: /^cluster\.DBClusters\.0\.BackupRetentionPeriod changed$/,
  },
];

/** The application at work with fewer rights than it had. */
export async function workRefused(account: Account): Promise<Account> {
  await run(account, ['revoke insert on application."order" from {user}']);
  try {
    const workload = await Workload.start(account.application, 2);
    await setTimeout(100);
    const soFar = await workload.stop();
    return { ...account, workload: { soFar, ordersWhenStopped: account.workload.ordersWhenStopped } };
  } finally {
    await run(account, ['grant insert on application."order" to {user}']);
  }
}
