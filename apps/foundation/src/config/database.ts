import { isHostName, isProxyEndpoint, isReaderEndpoint } from '@user-metrics/umami-db';
import { z } from 'zod';
import { clusterAlarms } from './cluster-alarms';
import { expectation, list, number, object, oneOf, pattern, text, toggle } from './expectations';
import { availabilityZone, postgresName, securityGroupId, subnetId, vpcId } from './identifiers';

/** The ledger of node-pg-migrate lives in a schema named after Umami's; both names have to fit 63 characters. */
const LONGEST_SCHEMA_NAME = 63 - '_migrations'.length;

const hostName = text(
  "must be the cluster's writer endpoint, a host name without a port",
  'Find it with: aws rds describe-db-clusters --query "DBClusters[].Endpoint"',
  isHostName,
)
  .refine((host) => !isReaderEndpoint(host), {
    error: expectation(
      'must not be the reader endpoint, which takes no changes',
      'Give the writer endpoint, without -ro-',
    ),
  })
  .refine((host) => !isProxyEndpoint(host), {
    error: expectation(
      'must not be an RDS Proxy: Umami sets search_path, which pins every connection',
      "Give the cluster's own writer endpoint",
    ),
  });

const port = (fix: string) =>
  number('must be a port: 1 to 65535', fix, (value) => Number.isInteger(value) && value > 0 && value < 65536);

const seconds = number(
  'must be a whole number of seconds, at least 1',
  'Leave it out for the default',
  (value) => Number.isInteger(value) && value >= 1,
);

const days = number(
  'must be a whole number of days, 1 or more',
  'Give for example 395, or leave it out to keep the rows',
  (value) => Number.isInteger(value) && value >= 1,
);

/** The existing Aurora PostgreSQL cluster, and the place in it for Umami. */
export const databaseSchema = object(
  {
    clusterIdentifier: pattern(
      'must be the identifier of a cluster',
      'Find it with: aws rds describe-db-clusters --query "DBClusters[].DBClusterIdentifier"',
      /^[a-z][a-z0-9-]{0,62}$/i,
    ),
    /** Writer endpoint. */
    host: hostName,
    /** @default 5432 */
    port: port('Leave it out for 5432').default(5432),
    /**
     * Host that Umami connects to, such as a connection pooler: see UmamiDatabase. Who reaches it is not set up here.
     * @default - `host`
     */
    umamiHost: text(
      'must be a host name without a port, not a reader endpoint',
      'Give the endpoint of the connection pooler, or leave it out for `host`',
      (host) => isHostName(host) && !isReaderEndpoint(host),
    ).optional(),
    /** Port that Umami connects to. @default - `port` */
    umamiPort: port('Leave it out for `port`').optional(),
    /** Name of the database in the cluster. */
    name: pattern(
      'must be the name of the database',
      'Find it with: aws rds describe-db-clusters --query "DBClusters[].DatabaseName"',
      /^[A-Za-z_][A-Za-z0-9_$-]{0,62}$/,
    ),
    /** Secret of an administrator; `username` and `password` in it suffice. */
    adminSecretArn: pattern(
      'must be the full ARN of the secret, with the six characters at its end',
      'Find it with: aws secretsmanager list-secrets',
      /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:.+-[A-Za-z0-9]{6}$/,
    ),
    /** Customer key that the secret is encrypted with. @default - the key of AWS */
    adminSecretKmsKeyArn: pattern(
      'must be the ARN of a KMS key',
      'Find it with: aws secretsmanager describe-secret',
      /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/.+$/,
    ).optional(),
    /** Security group of the cluster. */
    securityGroupId,
    /** VPC of the cluster. */
    vpcId,
    /** What manages the cluster and its security group; what a tool owns is never changed behind its back. */
    owner: oneOf(['cloudformation', 'sst', 'terraform', 'none'], "Give 'none' when it was made by hand"),
    /** Who lets Umami in: see DatabaseAccess. @default 'rule' when nothing owns the security group, else 'print' */
    access: oneOf(['present', 'rule', 'print'], 'Leave it out to follow `owner`').optional(),
    /** Private subnets of the cluster's VPC for the function that sets up the database. @default - those of the network */
    functionSubnets: list(
      object({ subnetId, availabilityZone }),
      'must be at least one subnet',
      'Give [{ subnetId, availabilityZone }, …]',
      { min: 1 },
    ).optional(),
    /** Schema for Umami. @default 'umami' */
    schema: postgresName('schema', LONGEST_SCHEMA_NAME, ['public', 'information_schema']).default('umami'),
    /** Database role of Umami. @default 'umami_user' */
    databaseRole: postgresName('database role', 63, ['public', 'none']).default('umami_user'),
    /**
     * Whether there is a second database role, named as the first one with `_clone` at its end (AWS's alternating users): a
     * new password goes to the one that running tasks do not use. Not together with `tablesOwner: 'umami'`. @default false
     */
    alternatingDatabaseRoles: toggle('Leave it out for false').default(false),
    /** Umami's administrator: with a generated password in the secret, or none at all. @default 'generated' */
    umamiAdministrator: oneOf(['generated', 'none'], "Leave it out for 'generated'").default('generated'),
    /** Release of Umami whose schema is wanted, or the name of a migration. @default - the newest that is known */
    umamiVersion: pattern(
      "must be a release of Umami such as '3.4', or the name of a migration",
      'Leave it out for the newest that is known',
      /^(\d+\.\d+(\.\d+)?|\d\d_[a-z0-9_]+)$/,
    ).optional(),
    /** Whether a schema that Umami made itself is adopted. @default false */
    adopt: toggle('Leave it out for false').default(false),
    /** Whether a failed row of Prisma's ledger (P3009) is repaired when the catalog shows unambiguously whether its migration ran. @default false */
    repair: toggle('Leave it out for false').default(false),
    /** Whether the schema is made also in a database whose encoding is not UTF8, which lacks e.g. emoji. @default false */
    allowOtherEncoding: toggle('Leave it out for false').default(false),
    /** Who owns the tables: with 'umami' its container migrates by itself. @default 'administrator' */
    tablesOwner: oneOf(['administrator', 'umami'], "Leave it out for 'administrator'").optional(),
    /** Connections of Umami at once. @default 30 */
    connectionLimit: number(
      'must be a whole number from 12, what one task of Umami may need',
      'Leave it out for 30',
      (connections) => Number.isInteger(connections) && connections >= 12,
    ).optional(),
    /** Longest statement of Umami, in seconds; without effect where Umami owns its tables. @default 120 */
    statementSeconds: seconds.optional(),
    /** Longest pause of Umami inside a transaction, in seconds. @default 60 */
    idleInTransactionSeconds: seconds.optional(),
    /**
     * Seconds that the database is measured before its first DDL, by which the first deployment takes longer. @default 30
     */
    baselineSeconds: number(
      'must be a whole number from 1 to 60',
      'Leave it out for 30',
      (value) => Number.isInteger(value) && value >= 1 && value <= 60,
    ).optional(),
    /**
     * Days that rows are kept in the tables that grow with traffic; a function deletes older ones once a day: see
     * UmamiDatabase. @default - nothing is deleted
     */
    retentionDays: object(
      {
        /** Recordings of sessions and heatmaps; saved replays are kept. @default - they are kept */
        replays: days.optional(),
        /** Page views, events, their data, and revenue. @default - they are kept */
        events: days.optional(),
        /** Sessions to which nothing refers any more, and their data. @default - they are kept */
        sessions: days.optional(),
      },
      'must be the days of replays, events or sessions',
      'Give for example { replays: 30, events: 395, sessions: 395 }, or leave it out to keep all rows',
    )
      .refine((groups) => Object.values(groups).some((value) => value !== undefined), {
        error: expectation(
          'must be the days of replays, events or sessions',
          'Give for example { replays: 30 }, or leave it out to keep all rows',
        ),
      })
      .optional(),
    /**
     * Alarms on the existing cluster, which publish to the alert topic: see ClusterAlarms. `{}` takes its defaults.
     * @default - none
     */
    alarms: clusterAlarms.optional(),
    // Removed: decision 85.
    closePublic: z
      .undefined({
        error: expectation(
          'must be left out',
          'It was removed: run the REVOKE statements that `npx umami-db verify` prints',
        ),
      })
      .optional(),
    /** Any text; another one gives the database role, or the one of two that is not in the secret, a new password. @default - the password stays */
    passwordVersion: text('must be a text', "Give for example '2026-11'", (version) => version !== '').optional(),
    /** Whether `destroy` removes schema, data and database role, for trials. @default false */
    autoDelete: toggle('Leave it out for false: schema and data outlive the stage').default(false),
    /** CA certificate that signed the certificate of the server, as PEM text. @default - the CA bundle of Amazon RDS */
    certificateAuthority: pattern(
      'must be a certificate as PEM text',
      'Leave it out for Amazon RDS and Aurora',
      /^-----BEGIN CERTIFICATE-----/,
    ).optional(),
  },
  'must describe the existing Aurora cluster',
  'Copy the block of the example and put in your values',
);
