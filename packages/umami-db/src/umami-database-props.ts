import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IDatabaseCluster } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { UmamiAdministrator } from '../runtime/secret/administrator';
import type { TablesOwner } from '../runtime/target/target';
import type { HealthProbe } from '../runtime/verification/answer';
import type { UmamiMigrations } from './umami-migrations';

/**
 * How long rows are kept, by group of tables: each whole seconds, at least a day. A row that another one refers to stays
 * until that one goes: a session as long as one of its events.
 */
export interface UmamiRetention {
  /**
   * Recordings of sessions and heatmaps; replays that people saved are kept.
   *
   * @default - they are kept
   */
  readonly replays?: Duration;
  /**
   * Page views, events, their data, and revenue.
   *
   * @default - they are kept
   */
  readonly events?: Duration;
  /**
   * Sessions, their data, and their links to a distinct id.
   *
   * @default - they are kept
   */
  readonly sessions?: Duration;
}

/** Props of {@link UmamiDatabase}. */
export interface UmamiDatabaseProps {
  /** Name that this copy of Umami goes by, e.g. `dev`; with the stack's name it is the owner in the ownership comment of schema and database role. */
  readonly stage: string;
  /** VPC from which the cluster is reached. */
  readonly vpc: IVpc;
  /**
   * Subnets for the function, with a way to Secrets Manager (NAT or interface endpoint).
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
  /**
   * Security group of the function; the cluster has to let it in.
   *
   * @default - a new one, see `connections`
   */
  readonly securityGroup?: ISecurityGroup;
  /**
   * The cluster, for its writer endpoint and port. It is not changed: let the function in with
   * `cluster.connections.allowDefaultPortFrom(umamiDatabase)`.
   *
   * @default - `host` says where it is
   */
  readonly cluster?: IDatabaseCluster;
  /**
   * Writer endpoint of the cluster; never a reader or an RDS Proxy.
   *
   * @default - of `cluster`
   */
  readonly host?: string;
  /**
   * Port of the cluster.
   *
   * @default - of `cluster`, or 5432
   */
  readonly port?: number;
  /**
   * Host that Umami connects to, where that is not the cluster itself, such as a connection pooler: `host` and
   * `DATABASE_URL` of the secret name it, `DIRECT_DATABASE_URL` names the cluster. The function never connects to it.
   *
   * @default - of the cluster
   */
  readonly umamiHost?: string;
  /**
   * Port that Umami connects to.
   *
   * @default - of the cluster
   */
  readonly umamiPort?: number;
  /** Database in the cluster that gets the schema. */
  readonly databaseName: string;
  /** Secret of an administrator with CREATEROLE and the right to create schemas; `username` and `password` suffice. */
  readonly adminSecret: ISecret;
  /**
   * Schema for Umami.
   *
   * @default 'umami'
   */
  readonly schemaName?: string;
  /**
   * Database role for Umami.
   *
   * @default 'umami_user'
   */
  readonly databaseRoleName?: string;
  /**
   * Makes a second database role with the same rights, named as the first one with `_clone` at its end (AWS's rotation
   * strategy of alternating users). A new password is then given to the one of the two that is not in the secret, which
   * names it afterwards: running tasks go on working until the next new password. Each of the two may have
   * `connectionLimit` connections. Not together with `tablesOwner: 'umami'`. Switched off, the second one is dropped, when
   * the secret names the first one.
   *
   * @default false
   */
  readonly alternatingDatabaseRoles?: boolean;
  /**
   * Umami's own administrator: with a generated password that is kept in the secret, or none at all. An administrator
   * of a schema that is adopted keeps the password, which nobody can read, so that the secret has none.
   *
   * @default 'generated'
   */
  readonly umamiAdministrator?: UmamiAdministrator;
  /**
   * CA certificate that signed the server's certificate, as PEM text.
   *
   * @default - the CA bundle of Amazon RDS
   */
  readonly certificateAuthority?: string;
  /**
   * Release of Umami whose schema is wanted, e.g. `2.20`, or the name of a migration. An older one than the schema has is
   * no error: it is left as it is, and the log says so.
   *
   * @default - the newest that is known: 3.4
   */
  readonly umamiVersion?: string;
  /**
   * Migrations of a newer release than this package knows, from Umami's own image. They are applied word for word after
   * those of the package. Not together with `umamiVersion`.
   *
   * @default - none: where the schema has newer ones already, they are reported and left alone
   */
  readonly migrations?: UmamiMigrations;
  /**
   * Adopts a schema and a database role without an ownership comment, if they hold nothing but Umami's objects.
   *
   * @default false
   */
  readonly adopt?: boolean;
  /**
   * Repairs a failed row in Prisma's ledger (P3009) when the catalog shows unambiguously whether its migration ran.
   *
   * @default false
   */
  readonly repair?: boolean;
  /**
   * Makes the schema also in a database whose encoding is not UTF8: page titles and events with characters that the encoding
   * lacks, such as emoji, are then refused by PostgreSQL.
   *
   * @default false, the deployment fails before anything is changed
   */
  readonly allowOtherEncoding?: boolean;
  /**
   * Temporary column of table `website` with which containers of Umami 3.1 go on working while the schema is of 3.2 or
   * later, for a rolling update: `true` adds it, `false` removes it. Settings of the recorder that are changed in 3.1
   * meanwhile are lost.
   *
   * @default - it stays as it is: a new schema does not have it
   */
  readonly bridge?: boolean;
  /**
   * Who owns schema and tables: with `umami`, Umami's container can migrate by itself, and has no statement timeout.
   *
   * @default 'administrator'
   */
  readonly tablesOwner?: TablesOwner;
  /**
   * Connections that the database role may have at once: 12 for each task, and twice that during a rolling deployment.
   *
   * @default 30
   */
  readonly connectionLimit?: number;
  /**
   * Longest statement of Umami.
   *
   * @default Duration.minutes(2)
   */
  readonly statementTimeout?: Duration;
  /**
   * Longest pause of Umami inside a transaction.
   *
   * @default Duration.minutes(1)
   */
  readonly idleInTransactionTimeout?: Duration;
  /**
   * How long rows are kept in the tables that grow with traffic, by group; older ones are deleted once a day. Umami itself
   * never deletes any. Not together with `migrations`.
   *
   * @default - nothing is deleted
   */
  readonly retention?: UmamiRetention;
  /**
   * The cluster, usually `cluster` again, of which the function takes a snapshot before it migrates a schema with
   * tables, and for which it waits, up to 14 minutes: a deployment that fails because the snapshot is not finished finds it
   * when it is run again. The function then needs a route to the API of Amazon RDS (NAT or interface endpoint), and gets
   * `rds:CreateDBClusterSnapshot` and `rds:DescribeDBClusterSnapshots`. Nothing deletes the snapshots.
   *
   * @default - no snapshot is taken
   */
  readonly snapshotCluster?: IDatabaseCluster;
  /**
   * How long the database is measured before its first DDL, when neither schema nor database role exists: the first
   * deployment takes as much longer, at most twice that and 30 seconds. The function writes the baseline into its log. 1 to 60
   * whole seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly baselineWindow?: Duration;
  /**
   * A query that `verificationFunction` runs as a database role of the application for `{ "action": "probe" }`, in a
   * read-only transaction. Its answer has the number of rows and the time, and nothing that the query returned.
   *
   * @default - none
   */
  readonly probe?: HealthProbe;
  /**
   * Any text. Another one gives the database role a new password; restart Umami's tasks at once. With
   * `alternatingDatabaseRoles` restart them before the next new password, and give a text that was not used before.
   *
   * @default - the password stays
   */
  readonly passwordVersion?: string;
  /**
   * What happens to schema, data and database role when the construct is deleted. `DESTROY` is refused while Umami is
   * connected.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy.RETAIN | RemovalPolicy.DESTROY;
}
