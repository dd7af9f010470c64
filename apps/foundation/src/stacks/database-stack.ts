import { ClusterAlarms, UmamiDatabase, type UmamiRetention } from '@user-metrics/umami-db';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type IRole, Policy } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type StageContext, StageStack } from './foundation-stack';
import type { NetworkStack } from './network-stack';

/** Umami's schema in the application's Aurora, and the secret for it. */
export class DatabaseStack extends StageStack {
  constructor(
    scope: Construct,
    context: StageContext,
    databaseFunction: NetworkStack['databaseFunction'],
    taskExecutionRole: IRole,
    alerts: ITopic,
  ) {
    super(scope, context, 'Database', "Umami's schema in the application's database");
    const { database } = context.stage;
    const umami = new UmamiDatabase(this, 'UmamiDatabase', {
      stage: context.name,
      vpc: databaseFunction.vpc,
      vpcSubnets: { subnets: databaseFunction.subnets },
      securityGroup: databaseFunction.securityGroup,
      host: database.host,
      port: database.port,
      umamiHost: database.umamiHost,
      umamiPort: database.umamiPort,
      databaseName: database.name,
      adminSecret: this.adminSecret(),
      schemaName: database.schema,
      databaseRoleName: database.databaseRole,
      alternatingDatabaseRoles: database.alternatingDatabaseRoles,
      umamiAdministrator: database.umamiAdministrator,
      certificateAuthority: database.certificateAuthority,
      umamiVersion: database.umamiVersion,
      adopt: database.adopt,
      repair: database.repair,
      allowOtherEncoding: database.allowOtherEncoding,
      tablesOwner: database.tablesOwner,
      connectionLimit: database.connectionLimit,
      statementTimeout: seconds(database.statementSeconds),
      idleInTransactionTimeout: seconds(database.idleInTransactionSeconds),
      baselineWindow: seconds(database.baselineSeconds),
      retention: retention(database.retentionDays),
      probe: context.stage.probes?.sql,
      passwordVersion: database.passwordVersion,
      removalPolicy: database.autoDelete ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    umami.retentionAlarm?.addAlarmAction(new SnsAction(alerts));
    if (database.alarms) {
      const { clusterIdentifier } = database;
      const alarms = new ClusterAlarms(this, 'ClusterAlarms', { clusterIdentifier, ...database.alarms });
      alarms.addAlarmAction(new SnsAction(alerts));
    }
    const readSecret = new Policy(this, 'ReadUmamiSecret', { roles: [taskExecutionRole] });
    umami.secret.grantRead(readSecret);
    this.publish('database', {
      'database/secret-arn': umami.secret.secretArn,
      'database/schema-name': umami.schemaName,
      'database/role-name': umami.databaseRoleName,
      'database/verification-function-name': umami.verificationFunction.functionName,
    });
  }

  private adminSecret() {
    const { adminSecretArn, adminSecretKmsKeyArn } = this.context.stage.database;
    return Secret.fromSecretAttributes(this, 'AdminSecret', {
      secretCompleteArn: adminSecretArn,
      encryptionKey: adminSecretKmsKeyArn ? Key.fromKeyArn(this, 'AdminSecretKey', adminSecretKmsKeyArn) : undefined,
    });
  }
}

function seconds(value: number | undefined): Duration | undefined {
  return value === undefined ? undefined : Duration.seconds(value);
}

function retention(
  days: { readonly [group in keyof UmamiRetention]?: number | undefined } | undefined,
): UmamiRetention | undefined {
  const given = Object.entries(days ?? {}).filter(([, value]) => value !== undefined);
  return days && Object.fromEntries(given.map(([group, value]) => [group, Duration.days(Number(value))]));
}
