import { dirname, join } from 'node:path';
import { applyComponentTags } from '@user-metrics/tagging';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { type Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CustomResource, Duration, FileSystem, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { UmamiDatabaseProperties } from '../runtime/cloudformation/properties';
import type { UmamiAdministrator } from '../runtime/secret/administrator';

/** Longest time that CloudFormation waits for the function; a mistake in the network would hang an hour otherwise. */
const SERVICE_TIMEOUT = Duration.minutes(5);

/** The bundle lies beside package.json, which is one level up from here as written, and two as compiled. */
const FUNCTION_FOLDER = join(dirname(require.resolve('@user-metrics/umami-db/package.json')), 'assets', 'provision');

/** Props of {@link UmamiDatabase}. */
export interface UmamiDatabaseProps {
  /** Name that this copy of Umami goes by, e.g. `dev`; with the stack's name it marks who owns schema and role. */
  readonly stage: string;
  /** VPC from which the cluster is reached. */
  readonly vpc: IVpc;
  /**
   * Subnets for the function, with a way to Secrets Manager (NAT or interface endpoint).
   *
   * @default - the private subnets of the VPC
   */
  readonly vpcSubnets?: SubnetSelection;
  /** Security group of the function; the cluster has to let it in. */
  readonly securityGroup: ISecurityGroup;
  /** Writer endpoint of the cluster. */
  readonly host: string;
  /**
   * Port of the cluster.
   *
   * @default 5432
   */
  readonly port?: number;
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
   * Umami's own administrator: with a generated password that is kept in the secret, or none at all.
   *
   * @default 'generated'
   */
  readonly umamiAdministrator?: UmamiAdministrator;
  /**
   * Certificate of the authority that signed the server's certificate, as PEM text.
   *
   * @default - the authorities of Amazon RDS
   */
  readonly certificateAuthority?: string;
}

/**
 * A schema for Umami with a database role of its own inside an existing Aurora PostgreSQL cluster, made and migrated at
 * deployment, and the secret with which Umami signs in. Deleting it keeps the data.
 *
 * @example
 * const database = new UmamiDatabase(stack, 'UmamiDatabase', {
 *   stage: 'dev', vpc, securityGroup,
 *   host: 'application.cluster-c1a2b3c4d5e6.us-east-1.rds.amazonaws.com', databaseName: 'application', adminSecret,
 * });
 * ecs.Secret.fromSecretsManager(database.secret, 'DATABASE_URL');
 */
export class UmamiDatabase extends Construct {
  /**
   * Secret with username, password, host, port, dbname, schema, engine and DATABASE_URL; with UMAMI_ADMIN_PASSWORD unless
   * there is no administrator. Written by the function, never by CloudFormation.
   */
  readonly secret: ISecret;
  /** Schema of Umami. */
  readonly schemaName: string;
  /** Database role of Umami. */
  readonly databaseRoleName: string;

  constructor(scope: Construct, id: string, props: UmamiDatabaseProps) {
    super(scope, id);
    this.schemaName = props.schemaName ?? 'umami';
    this.databaseRoleName = props.databaseRoleName ?? 'umami_user';
    // Its properties never change: CloudFormation would write a new value, which the database does not know.
    const secret = new Secret(this, 'Secret', { description: 'How Umami signs in to its database' });
    const handler = this.provisioningFunction(props);
    props.adminSecret.grantRead(handler);
    this.letDecrypt(handler, props.adminSecret);
    secret.grantRead(handler);
    handler.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:PutSecretValue'], resources: [secret.secretArn] }),
    );
    const properties: UmamiDatabaseProperties = {
      Owner: `${Stack.of(this).stackName}/${props.stage}`,
      Host: props.host,
      Port: String(props.port ?? 5432),
      Database: props.databaseName,
      AdminSecretArn: props.adminSecret.secretArn,
      SecretArn: secret.secretArn,
      Schema: this.schemaName,
      DatabaseRole: this.databaseRoleName,
      UmamiAdministrator: props.umamiAdministrator ?? 'generated',
      ...(props.certificateAuthority ? { CertificateAuthority: props.certificateAuthority } : {}),
      // New code may hold new migrations: it has to run.
      CodeFingerprint: FileSystem.fingerprint(FUNCTION_FOLDER),
    };
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::UmamiDatabase',
      serviceToken: this.provider(handler).serviceToken,
      serviceTimeout: SERVICE_TIMEOUT,
      properties,
    });
    this.secret = secret;
    applyComponentTags(this, 'umami');
  }

  /** Lets somebody read the secret, e.g. the execution role of Umami's tasks. */
  grantRead(grantee: IGrantable): Grant {
    return this.secret.grantRead(grantee);
  }

  private provisioningFunction(props: UmamiDatabaseProps): LambdaFunction {
    return new LambdaFunction(this, 'Function', {
      description: `Sets up schema ${this.schemaName} of Umami`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(FUNCTION_FOLDER),
      memorySize: 256,
      timeout: SERVICE_TIMEOUT.minus(Duration.seconds(20)),
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: [props.securityGroup],
      logGroup: this.logGroup('FunctionLogs'),
    });
  }

  /** `grantRead` lets only the key's own policy know, which is out of reach when the key is imported. */
  private letDecrypt(handler: LambdaFunction, { encryptionKey }: ISecret): void {
    if (!encryptionKey) return;
    const service = `secretsmanager.${Stack.of(this).region}.amazonaws.com`;
    handler.addToRolePolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [encryptionKey.keyArn],
        conditions: { StringEquals: { 'kms:ViaService': service } },
      }),
    );
  }

  private provider(onEventHandler: LambdaFunction): Provider {
    return new Provider(this, 'Provider', { onEventHandler, logGroup: this.logGroup('ProviderLogs') });
  }

  private logGroup(id: string): LogGroup {
    return new LogGroup(this, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  }
}
