import { applyComponentTags } from '@user-metrics/tagging';
import type { PublishedContractProps } from '@user-metrics/tagging/published';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Connections, type IConnectable, Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, type IFunction, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CustomResource, Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib/core';
import { Provider } from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { UmamiDatabaseProperties } from '../runtime/cloudformation/properties';
import { PROBE_VARIABLE, PROPERTIES_VARIABLE } from '../runtime/verification/properties';
import { FUNCTION_FOLDER, functionCode, RETENTION_FOLDER, verificationCode } from './function-code';
import { letReadSecrets, letTakeSnapshots, letWriteSecret } from './function-permissions';
import { requireOwnNames } from './own-names';
import { checkUmamiDatabaseProps } from './prop-rules';
import { type IUmamiDatabase, PublishedDatabase } from './published-database';
import { resourceProperties } from './resource-properties';
import { RetentionSchedule } from './retention-schedule';
import { warnOfMissingEndpoints } from './service-endpoints';
import type { UmamiDatabaseProps, UmamiRetention } from './umami-database-props';

/** Longest time that CloudFormation waits for the function; a mistake in the network would hang an hour otherwise. */
const SERVICE_TIMEOUT = Duration.minutes(5);

/** The most that Lambda allows. */
const LONGEST_FUNCTION = Duration.minutes(15);

interface FunctionOptions {
  readonly id: string;
  readonly code: Code;
  readonly description: string;
  readonly timeout: Duration;
  readonly environment?: { readonly [name: string]: string };
}

/** Time for connecting to a database that resumes, and for the answer. */
const VERIFICATION_TIMEOUT = Duration.minutes(2);

/**
 * A schema for Umami with a database role of its own inside an existing Aurora PostgreSQL cluster, made and migrated at
 * deployment, and the secret with which Umami signs in. Deleting it keeps the data.
 *
 * @example
 * const database = new UmamiDatabase(stack, 'UmamiDatabase', {
 *   stage: 'dev', vpc, cluster, databaseName: 'application', adminSecret,
 * });
 * cluster.connections.allowDefaultPortFrom(database);
 * ecs.Secret.fromSecretsManager(database.secret, 'DATABASE_URL');
 */
export class UmamiDatabase extends Construct implements IUmamiDatabase, IConnectable {
  readonly secret: ISecret;
  readonly schemaName: string;
  readonly databaseRoleName: string;
  /** Network connections of the function; the default port is the cluster's. */
  readonly connections: Connections;
  /**
   * Goes off when old rows could not be deleted. Who hears of it is added with `addAlarmAction`.
   *
   * @default - there is no `retention`
   */
  readonly retentionAlarm?: Alarm;
  readonly verificationFunction: IFunction;

  /**
   * @throws Error for names that PostgreSQL does not take or that another one of the stack and stage has, for a release that
   *   is not known, for rights in another form than they are reported in, and without an endpoint
   */
  constructor(scope: Construct, id: string, props: UmamiDatabaseProps) {
    super(scope, id);
    checkUmamiDatabaseProps(props);
    this.schemaName = props.schemaName ?? 'umami';
    this.databaseRoleName = props.databaseRoleName ?? 'umami_user';
    // Its properties never change: CloudFormation would write a new value, which the database does not know.
    const secret = new Secret(this, 'Secret', { description: 'How Umami signs in to its database' });
    const port = props.port ?? props.cluster?.clusterEndpoint.port ?? 5432;
    const description = 'Function that sets up the database of Umami';
    const securityGroup =
      props.securityGroup ?? new SecurityGroup(this, 'SecurityGroup', { vpc: props.vpc, description });
    this.connections = new Connections({ securityGroups: [securityGroup], defaultPort: Port.tcp(port) });
    const serviceTimeout = props.snapshotCluster ? LONGEST_FUNCTION : SERVICE_TIMEOUT;
    const handler = this.function(props, {
      id: 'Function',
      code: functionCode(props.migrations),
      description: `Sets up schema ${this.schemaName} of Umami`,
      timeout: serviceTimeout.minus(Duration.seconds(20)),
    });
    letReadSecrets(handler, props.adminSecret, secret);
    letWriteSecret(handler, secret);
    if (props.snapshotCluster) letTakeSnapshots(handler, props.snapshotCluster.clusterIdentifier, this.schemaName);
    const properties = resourceProperties(this, props, {
      schemaName: this.schemaName,
      databaseRoleName: this.databaseRoleName,
      secretArn: secret.secretArn,
      codeFolder: FUNCTION_FOLDER,
    });
    requireOwnNames(this, properties);
    new CustomResource(this, 'Resource', {
      resourceType: 'Custom::UmamiDatabase',
      serviceToken: this.provider(handler).serviceToken,
      serviceTimeout,
      properties,
    });
    this.secret = secret;
    this.verificationFunction = this.verification(props, properties);
    if (props.retention) this.retentionAlarm = this.retention(props, props.retention, properties);
    warnOfMissingEndpoints(this, props);
    applyComponentTags(this, 'umami');
  }

  /**
   * The database of a deployed stage of the foundation: its secret, its names, and the function that verifies it.
   *
   * @throws Error for what is no stage name
   */
  static fromPublishedContract(scope: Construct, id: string, props: PublishedContractProps): IUmamiDatabase {
    return new PublishedDatabase(scope, id, props);
  }

  grantRead(grantee: IGrantable): Grant {
    return this.secret.grantRead(grantee);
  }

  grantVerify(grantee: IGrantable): Grant {
    return this.verificationFunction.grantInvoke(grantee);
  }

  /** Reads both secrets, writes none; see runtime/verification. */
  private verification(props: UmamiDatabaseProps, properties: UmamiDatabaseProperties): LambdaFunction {
    const { CertificateAuthority: certificate, CodeFingerprint: _, ...others } = properties;
    // A token is not known when the file is written.
    const inFile = Token.isUnresolved(certificate) ? undefined : certificate;
    const passed = certificate === inFile ? others : { ...others, CertificateAuthority: certificate };
    const handler = this.function(props, {
      id: 'VerificationFunction',
      code: verificationCode(props.migrations, inFile),
      description: `Tells what is in the database of Umami, schema ${this.schemaName}`,
      timeout: VERIFICATION_TIMEOUT,
      environment: {
        [PROPERTIES_VARIABLE]: Stack.of(this).toJsonString(passed),
        ...(props.probe ? { [PROBE_VARIABLE]: Stack.of(this).toJsonString(props.probe) } : {}),
      },
    });
    letReadSecrets(handler, props.adminSecret, this.secret);
    return handler;
  }

  /** Signs in as Umami's database role: its IAM role may not read the administrator's secret. */
  private retention(
    props: UmamiDatabaseProps,
    retention: UmamiRetention,
    properties: Pick<UmamiDatabaseProperties, 'Owner' | 'CertificateAuthority'>,
  ): Alarm {
    const description = `Deletes old rows in schema ${this.schemaName} of Umami`;
    const what = { id: 'RetentionFunction', code: Code.fromAsset(RETENTION_FOLDER) };
    const handler = this.function(props, { ...what, description, timeout: LONGEST_FUNCTION });
    return new RetentionSchedule(this, 'Retention', { retention, secret: this.secret, handler, properties }).alarm;
  }

  private function(
    props: UmamiDatabaseProps,
    { id, code, description, timeout, environment }: FunctionOptions,
  ): LambdaFunction {
    return new LambdaFunction(this, id, {
      description,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code,
      memorySize: 256,
      timeout,
      vpc: props.vpc,
      vpcSubnets: props.vpcSubnets,
      securityGroups: this.connections.securityGroups,
      logGroup: this.logGroup(`${id}Logs`),
      ...(environment ? { environment } : {}),
    });
  }

  private provider(onEventHandler: LambdaFunction): Provider {
    return new Provider(this, 'Provider', { onEventHandler, logGroup: this.logGroup('ProviderLogs') });
  }

  private logGroup(id: string): LogGroup {
    return new LogGroup(this, id, { retention: RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  }
}
