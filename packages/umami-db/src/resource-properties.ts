import { FileSystem, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { namesOf, type UmamiDatabaseProperties } from '../runtime/cloudformation/properties';
import { migrationsOf } from '../runtime/migrations/releases';
import { invalidNames } from '../runtime/target/names';
import { migrationsDigest } from './function-code';
import type { UmamiDatabaseProps } from './umami-database-props';

/**
 * What CloudFormation passes to the function.
 *
 * @throws Error for names that PostgreSQL does not take, for a release that is not known, for rights in another form than
 *   they are reported in, and without an endpoint
 */
export function resourceProperties(
  scope: Construct,
  props: UmamiDatabaseProps,
  own: {
    readonly schemaName: string;
    readonly databaseRoleName: string;
    readonly secretArn: string;
    /** Folder of the function's code. */
    readonly codeFolder: string;
  },
): UmamiDatabaseProperties {
  const names = { Schema: own.schemaName, DatabaseRole: own.databaseRoleName, ...alternation(props) };
  const [invalid] = invalidNames(namesOf(names));
  if (invalid) throw new Error(invalid);
  if (props.umamiVersion !== undefined && !Token.isUnresolved(props.umamiVersion)) migrationsOf(props.umamiVersion);
  const host = props.host ?? props.cluster?.clusterEndpoint.hostname;
  if (host === undefined)
    throw new Error('`host` must be the writer endpoint, got: undefined. Give `cluster`, or `host` and `adminSecret`.');
  return {
    Owner: `${Stack.of(scope).stackName}/${props.stage}`,
    Host: host,
    Port: String(props.port ?? props.cluster?.clusterEndpoint.port ?? 5432),
    ...(props.umamiHost === undefined ? {} : { UmamiHost: props.umamiHost }),
    ...(props.umamiPort === undefined ? {} : { UmamiPort: String(props.umamiPort) }),
    Database: props.databaseName,
    AdminSecretArn: props.adminSecret.secretArn,
    SecretArn: own.secretArn,
    ...names,
    UmamiAdministrator: props.umamiAdministrator ?? 'generated',
    ...(props.certificateAuthority ? { CertificateAuthority: props.certificateAuthority } : {}),
    ...onRequest(props),
    // New code may hold new migrations: it has to run.
    CodeFingerprint: FileSystem.fingerprint(own.codeFolder),
  };
}

function alternation({ alternatingDatabaseRoles, tablesOwner }: UmamiDatabaseProps) {
  return {
    ...(alternatingDatabaseRoles ? { AlternatingDatabaseRoles: 'true' } : {}),
    ...(tablesOwner ? { TablesOwner: tablesOwner } : {}),
  };
}

/** What is only said when it differs from the default. */
function onRequest(props: UmamiDatabaseProps): Partial<UmamiDatabaseProperties> {
  const { umamiVersion, passwordVersion, connectionLimit, statementTimeout, idleInTransactionTimeout } = props;
  const migrations = migrationsDigest(props.migrations);
  return {
    ...(umamiVersion ? { UmamiVersion: umamiVersion } : {}),
    ...(migrations ? { Migrations: migrations } : {}),
    ...(props.adopt ? { Adopt: 'true' } : {}),
    ...(props.repair ? { Repair: 'true' } : {}),
    ...(props.bridge === undefined ? {} : { Bridge: String(props.bridge) }),
    ...(props.allowOtherEncoding ? { AllowOtherEncoding: 'true' } : {}),
    ...(connectionLimit === undefined ? {} : { ConnectionLimit: String(connectionLimit) }),
    ...(statementTimeout ? { StatementSeconds: String(statementTimeout.toSeconds()) } : {}),
    ...(idleInTransactionTimeout ? { IdleInTransactionSeconds: String(idleInTransactionTimeout.toSeconds()) } : {}),
    ...(props.snapshotClusterIdentifier ? { SnapshotCluster: props.snapshotClusterIdentifier } : {}),
    ...(passwordVersion ? { PasswordVersion: passwordVersion } : {}),
    ...(props.removalPolicy === RemovalPolicy.DESTROY ? { OnDelete: 'destroy' as const } : {}),
  };
}
