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
  const names = {
    Schema: own.schemaName,
    DatabaseRole: own.databaseRoleName,
    AlternatingDatabaseRoles: props.alternatingDatabaseRoles ? 'true' : undefined,
    TablesOwner: props.tablesOwner,
  };
  const [invalid] = invalidNames(namesOf(names));
  if (invalid) throw new Error(invalid);
  if (props.umamiVersion !== undefined && !Token.isUnresolved(props.umamiVersion)) migrationsOf(props.umamiVersion);
  const host = props.host ?? props.cluster?.clusterEndpoint.hostname;
  if (host === undefined)
    throw new Error('`host` must be the writer endpoint, got: undefined. Give `cluster`, or `host` and `adminSecret`.');
  const { statementTimeout, idleInTransactionTimeout } = props;
  return {
    Owner: `${Stack.of(scope).stackName}/${props.stage}`,
    Host: host,
    Port: String(props.port ?? props.cluster?.clusterEndpoint.port ?? 5432),
    UmamiHost: props.umamiHost,
    UmamiPort: textOf(props.umamiPort),
    Database: props.databaseName,
    AdminSecretArn: props.adminSecret.secretArn,
    SecretArn: own.secretArn,
    ...names,
    UmamiAdministrator: props.umamiAdministrator ?? 'generated',
    CertificateAuthority: props.certificateAuthority,
    UmamiVersion: props.umamiVersion,
    Migrations: migrationsDigest(props.migrations),
    Adopt: props.adopt ? 'true' : undefined,
    Repair: props.repair ? 'true' : undefined,
    Bridge: textOf(props.bridge),
    AllowOtherEncoding: props.allowOtherEncoding ? 'true' : undefined,
    ConnectionLimit: textOf(props.connectionLimit),
    StatementSeconds: textOf(statementTimeout?.toSeconds()),
    IdleInTransactionSeconds: textOf(idleInTransactionTimeout?.toSeconds()),
    SnapshotCluster: props.snapshotCluster?.clusterIdentifier,
    BaselineSeconds: textOf(props.baselineWindow?.toSeconds()),
    PasswordVersion: props.passwordVersion,
    OnDelete: props.removalPolicy === RemovalPolicy.DESTROY ? 'destroy' : undefined,
    // New code may hold new migrations: it has to run.
    CodeFingerprint: FileSystem.fingerprint(own.codeFolder),
  };
}

function textOf(value: number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
