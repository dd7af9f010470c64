import {
  checkProps,
  checkValue,
  FLAG,
  isWholeFrom,
  number,
  objectWith,
  oneOf,
  optional,
  PORT,
  type Rules,
  removed,
  text,
} from '@user-metrics/tagging/props';
import { Duration, Token } from 'aws-cdk-lib/core';
import { isHostName, isProxyEndpoint, isReaderEndpoint } from '../runtime/connection/host-name';
import { RETENTION_GROUPS } from '../runtime/purge/tables';
import type { HealthProbe } from '../runtime/verification/answer';
import type { UmamiDatabaseProps } from './umami-database-props';
import { UmamiMigrations } from './umami-migrations';

/** DBClusterIdentifier, as Amazon RDS takes it. */
function hasIdentifier(cluster: unknown): boolean {
  if (typeof cluster !== 'object' || cluster === null || !('clusterIdentifier' in cluster)) return false;
  const { clusterIdentifier: identifier } = cluster;
  return Token.isUnresolved(identifier) || /^[A-Za-z](-?[A-Za-z0-9]){0,62}$/.test(String(identifier));
}

/** PostgreSQL cuts longer names off without an error (NAMEDATALEN - 1). */
const isDatabaseName = (name: string) => /^\P{Cc}+$/u.test(name) && Buffer.byteLength(name) <= 63;

const isDurationUpTo = (most: number) => (value: unknown) =>
  value instanceof Duration && (value.isUnresolved() || isWholeFrom(1, most)(value.toSeconds({ integral: false })));

const DURATION = {
  must: 'a duration of whole seconds, 1 to 999999',
  fix: 'Give for example Duration.minutes(2), or leave it out for the default.',
  accepts: isDurationUpTo(999_999),
};

const WINDOW = {
  must: 'a duration of 1 to 60 whole seconds',
  fix: 'Leave it out for 30 seconds.',
  accepts: isDurationUpTo(60),
};

/** Of a member of `retention`; the most that EventBridge passes on as whole seconds without an exponent is far more. */
const RETENTION = optional({
  must: 'a duration of whole seconds, at least a day',
  fix: 'Give for example Duration.days(395), or leave it out to keep the rows.',
  accepts: (value) =>
    value instanceof Duration && (value.isUnresolved() || isWholeFrom(86_400)(value.toSeconds({ integral: false }))),
});

const isGroup = (key: string) => RETENTION_GROUPS.some((group) => group === key);

const PROBE = {
  databaseRole: text('the name of a database role, 1 to 63 bytes', 'Give one of the application.', isDatabaseName),
  statement: text(
    'one statement of 1 to 1000 characters that starts with select, values or with',
    'Give for example select 1 from app.orders limit 1.',
    (statement) => /^\s*(select|values|with)\b/i.test(statement) && statement.length <= 1000,
  ),
};

/** What was taken before. */
interface RemovedProps {
  readonly closePublic?: never;
  readonly snapshotClusterIdentifier?: never;
}

const RULES: Rules<UmamiDatabaseProps & RemovedProps> = {
  closePublic: removed('It was removed: run the REVOKE statements that `npx umami-db verify` prints.'),
  snapshotClusterIdentifier: removed(
    'Give `snapshotCluster`: the cluster, or DatabaseCluster.fromDatabaseClusterAttributes(this, …, { clusterIdentifier }).',
  ),
  stage: text('a name of letters, digits, -, _ and .', 'Give for example dev.', /^[\w.-]{1,64}$/),
  vpc: objectWith('vpcId', 'a VPC', 'Give the one of the cluster.'),
  vpcSubnets: optional({
    must: 'a selection of subnets',
    fix: 'Give for example { subnetType: SubnetType.PRIVATE_ISOLATED }.',
    accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  }),
  securityGroup: optional(objectWith('securityGroupId', 'a security group', 'Leave it out for a new one.')),
  cluster: optional(
    objectWith('clusterEndpoint', 'a cluster', 'Give for example DatabaseCluster.fromDatabaseClusterAttributes(…).'),
  ),
  host: optional(
    text(
      'the writer endpoint, a host name without scheme and port, not a reader endpoint and not an RDS Proxy',
      'Find it with: aws rds describe-db-clusters --query "DBClusters[].Endpoint"',
      (host) => isHostName(host) && !isReaderEndpoint(host) && !isProxyEndpoint(host),
    ),
  ),
  port: optional(PORT),
  umamiHost: optional(
    text(
      'a host name without scheme and port, not a reader endpoint',
      'Give the endpoint of the connection pooler, or leave it out.',
      (host) => isHostName(host) && !isReaderEndpoint(host),
    ),
  ),
  umamiPort: optional(PORT),
  databaseName: text('the name of a database, 1 to 63 bytes', 'List them with: psql --list', isDatabaseName),
  adminSecret: objectWith('secretArn', 'a secret', 'Give for example Secret.fromSecretCompleteArn(…).'),
  schemaName: optional(text('the name of a schema', 'Leave it out for umami.', () => true)),
  databaseRoleName: optional(text('the name of a database role', 'Leave it out for umami_user.', () => true)),
  alternatingDatabaseRoles: optional(FLAG),
  umamiAdministrator: optional(oneOf('generated', 'none')),
  certificateAuthority: optional(
    text('a certificate as PEM text', 'Leave it out for those of Amazon RDS.', /-----BEGIN CERTIFICATE-----/),
  ),
  umamiVersion: optional(text('a release of Umami', 'Give for example 3.1, or leave it out for the newest.')),
  migrations: optional({
    must: "a folder of Umami's migrations",
    fix: "Give UmamiMigrations.fromDirectory('…'), or leave it out.",
    accepts: (value) => value instanceof UmamiMigrations,
  }),
  adopt: optional(FLAG),
  repair: optional(FLAG),
  allowOtherEncoding: optional(FLAG),
  bridge: optional(FLAG),
  tablesOwner: optional(oneOf('administrator', 'umami')),
  connectionLimit: optional(
    number('a whole number from 1 to 999999', 'One task of Umami takes 12.', isWholeFrom(1, 999_999)),
  ),
  statementTimeout: optional(DURATION),
  idleInTransactionTimeout: optional(DURATION),
  baselineWindow: optional(WINDOW),
  retention: optional({
    must: `an object with one or more of ${RETENTION_GROUPS.join(', ')}`,
    fix: 'Give for example { replays: Duration.days(30) }, or leave it out to keep all rows.',
    accepts: (value) =>
      typeof value === 'object' && value !== null && Object.keys(value).length > 0 && Object.keys(value).every(isGroup),
    wrongPart: (value) => (typeof value === 'object' && value !== null ? Object.keys(value) : value),
  }),
  snapshotCluster: optional({
    must: 'a DB cluster with its identifier',
    fix: 'Give DatabaseCluster.fromDatabaseClusterAttributes(this, …, { clusterIdentifier }). Find it with: aws rds describe-db-clusters --query "DBClusters[].DBClusterIdentifier"',
    accepts: hasIdentifier,
  }),
  probe: optional({
    must: 'a health probe with databaseRole and statement',
    fix: "Give for example { databaseRole: 'shop', statement: 'select 1 from app.orders limit 1' }.",
    accepts: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  }),
  passwordVersion: optional(text('a text that is not empty', "Give for example '2', or leave it out.")),
  removalPolicy: optional(oneOf('retain', 'destroy')),
};

/**
 * Checks every prop, before anything is made of it.
 *
 * @throws Error that names the prop
 */
export function checkUmamiDatabaseProps(props: UmamiDatabaseProps): void {
  checkProps(props, RULES, Error);
  for (const [group, duration] of Object.entries(props.retention ?? {}))
    checkValue(`retention.${group}`, duration, RETENTION, Error);
  for (const [member, rule] of Object.entries(props.probe ? PROBE : {}))
    checkValue(`probe.${member}`, props.probe?.[member as keyof HealthProbe], rule, Error);
  if (props.migrations === undefined) return;
  if (props.retention !== undefined)
    throw new Error(
      '`retention` must be left out beside `migrations`, got: both. Which rows of the tables of a newer release belong together is not known; delete old rows again when this package has the migrations of that release.',
    );
  if (props.umamiVersion === undefined) return;
  throw new Error(
    `\`umamiVersion\` must be left out beside \`migrations\`, got: ${props.umamiVersion}. The folder says which release it is.`,
  );
}
