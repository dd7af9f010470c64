import { Template } from 'aws-cdk-lib/assertions';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { App, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { parseProperties } from '../../../runtime/cloudformation/properties';
import { UmamiDatabase, type UmamiDatabaseProps } from '../../../src';
import { ADMIN_SECRET, clusterOf, type Deployment, deploy } from './stack';

const PEM = '-----BEGIN CERTIFICATE-----';

function propertiesOf(deployment: Deployment): Record<string, unknown> {
  const [resource] = Object.values(deployment.template().findResources('Custom::UmamiDatabase'));
  return resource?.['Properties'];
}

/** The properties with a text in place of each reference, as CloudFormation sends them. */
function asSent(deployment: Deployment): Record<string, unknown> {
  return { ...propertiesOf(deployment), SecretArn: 'arn:own' };
}

describe('the custom resource', () => {
  test('says everything that the function has to know', () => {
    const deployment = deploy();
    const { ServiceToken, CodeFingerprint, ...properties } = propertiesOf(deployment);
    const [secret] = Object.keys(deployment.template().findResources('AWS::SecretsManager::Secret'));

    expect(properties).toEqual({
      ServiceTimeout: '300',
      Owner: 'Stack/dev',
      Host: 'cluster.example.com',
      Port: '5432',
      Database: 'application',
      AdminSecretArn: ADMIN_SECRET,
      SecretArn: { Ref: secret },
      Schema: 'umami',
      DatabaseRole: 'umami_user',
      UmamiAdministrator: 'generated',
    });
    expect(ServiceToken).toEqual({ 'Fn::GetAtt': [expect.stringContaining('Provider'), 'Arn'] });
    expect(CodeFingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  test('says only what the function understands', () => {
    expect(parseProperties(asSent(deploy()))).toMatchObject({ Owner: 'Stack/dev' });
    const caCertificate = deploy(() => ({ certificateAuthority: PEM }));
    expect(parseProperties(asSent(caCertificate))).toMatchObject({ CertificateAuthority: PEM });
  });

  test.each<[keyof UmamiDatabaseProps, unknown, object]>([
    ['stage', 'prod', { Owner: 'Stack/prod' }],
    ['host', 'other.example.com', { Host: 'other.example.com' }],
    ['port', 6543, { Port: '6543' }],
    ['umamiHost', 'pooler.example.com', { UmamiHost: 'pooler.example.com' }],
    ['umamiPort', 6432, { UmamiPort: '6432' }],
    ['databaseName', 'shop', { Database: 'shop' }],
    ['schemaName', 'metrics', { Schema: 'metrics' }],
    ['databaseRoleName', 'metrics_user', { DatabaseRole: 'metrics_user' }],
    ['alternatingDatabaseRoles', true, { AlternatingDatabaseRoles: 'true' }],
    ['alternatingDatabaseRoles', false, {}],
    ['umamiAdministrator', 'none', { UmamiAdministrator: 'none' }],
    ['certificateAuthority', PEM, { CertificateAuthority: PEM }],
    ['umamiVersion', '2.20', { UmamiVersion: '2.20' }],
    ['adopt', true, { Adopt: 'true' }],
    ['adopt', false, {}],
    ['repair', true, { Repair: 'true' }],
    ['allowOtherEncoding', true, { AllowOtherEncoding: 'true' }],
    ['bridge', true, { Bridge: 'true' }],
    ['bridge', false, { Bridge: 'false' }],
    ['tablesOwner', 'umami', { TablesOwner: 'umami' }],
    ['connectionLimit', 12, { ConnectionLimit: '12' }],
    ['statementTimeout', Duration.minutes(3), { StatementSeconds: '180' }],
    ['idleInTransactionTimeout', Duration.seconds(20), { IdleInTransactionSeconds: '20' }],
    ['snapshotCluster', clusterOf('application'), { ServiceTimeout: '900', SnapshotCluster: 'application' }],
    ['baselineWindow', Duration.seconds(20), { BaselineSeconds: '20' }],
    ['passwordVersion', '2', { PasswordVersion: '2' }],
    ['removalPolicy', RemovalPolicy.DESTROY, { OnDelete: 'destroy' }],
    ['removalPolicy', RemovalPolicy.RETAIN, {}],
  ])('follows %s, and changes nothing else', (prop, value, changed) => {
    const deployment = deploy(() => ({ [prop]: value }));

    expect(propertiesOf(deployment)).toEqual({ ...propertiesOf(deploy()), ...changed });
    expect(parseProperties(asSent(deployment))).toMatchObject(changed);
  });

  test.each([
    [{ schemaName: 'public' }, 'The name of the schema must not be one of PostgreSQL\'s own, got: "public".'],
    [{ schemaName: 'u'.repeat(53) }, 'The name of the schema must have at most 52 bytes'],
    [{ databaseRoleName: 'ü'.repeat(32) }, 'The name of the database role must have at most 63 bytes'],
    [
      { databaseRoleName: 'r'.repeat(58), alternatingDatabaseRoles: true },
      'The name of the database role must have at most 57 bytes',
    ],
    [
      { tablesOwner: 'umami', alternatingDatabaseRoles: true },
      '`alternatingDatabaseRoles` must be false where `tablesOwner` is umami, got: true.',
    ],
    [{ databaseRoleName: 'line\nbreak' }, 'must be a text without control characters'],
    [{ host: undefined }, '`host` must be the writer endpoint, got: undefined.'],
    [{ host: 'https://db.example.com' }, '`host` must be the writer endpoint, a host name without scheme and port'],
    [{ host: 'app.cluster-ro-c1.us-east-1.rds.amazonaws.com' }, 'not a reader endpoint and not an RDS Proxy'],
    [{ stage: '' }, "`stage` must be a name of letters, digits, -, _ and ., got: ''. Give for example dev."],
    [{ databaseName: '' }, "`databaseName` must be the name of a database, 1 to 63 bytes, got: ''."],
    [{ connectionLimit: 0 }, '`connectionLimit` must be a whole number from 1 to 999999, got: 0.'],
    [{ umamiHost: 'postgresql://pooler' }, '`umamiHost` must be a host name without scheme and port, not a reader'],
    [{ umamiHost: 'app.cluster-ro-c1.us-east-1.rds.amazonaws.com' }, '`umamiHost` must be a host name without scheme'],
    [{ umamiPort: 0 }, '`umamiPort` must be a port from 1 to 65535, got: 0.'],
    [{ snapshotCluster: clusterOf('a--b') }, '`snapshotCluster` must be a DB cluster with its identifier'],
    [
      { snapshotClusterIdentifier: 'application' },
      '`snapshotClusterIdentifier` must be left out, got: application. Give `snapshotCluster`: ',
    ],
    [{ port: '5432' }, "`port` must be a port from 1 to 65535, got: '5432'."],
    [{ tablesOwner: 'root' }, "`tablesOwner` must be 'administrator' or 'umami', got: root."],
    [{ statementTimeout: Duration.seconds(0) }, '`statementTimeout` must be a duration of whole seconds'],
    [{ baselineWindow: Duration.minutes(2) }, '`baselineWindow` must be a duration of 1 to 60 whole seconds'],
    [{ statementTimeout: Duration.millis(1500) }, '`statementTimeout` must be a duration of whole seconds'],
    [
      { closePublic: ['CONNECT on database postgres'] },
      '`closePublic` must be left out, got: CONNECT on database postgres. It was removed',
    ],
    [{ certificateAuthority: '' }, "`certificateAuthority` must be a certificate as PEM text, got: ''."],
  ])('is refused at synth: %j', (props, message) => {
    expect(() => deploy(() => props as Partial<UmamiDatabaseProps>)).toThrow(message);
  });

  test.each([
    'stage',
    'vpc',
    'vpcSubnets',
    'securityGroup',
    'cluster',
    'host',
    'port',
    'umamiHost',
    'umamiPort',
    'databaseName',
    'adminSecret',
    'schemaName',
    'databaseRoleName',
    'alternatingDatabaseRoles',
    'umamiAdministrator',
    'certificateAuthority',
    'umamiVersion',
    'migrations',
    'adopt',
    'repair',
    'allowOtherEncoding',
    'bridge',
    'tablesOwner',
    'connectionLimit',
    'statementTimeout',
    'idleInTransactionTimeout',
    'snapshotCluster',
    'probe',
    'passwordVersion',
    'removalPolicy',
  ] as const satisfies (keyof UmamiDatabaseProps)[])('is refused at synth when %s is null', (prop) => {
    expect(() => deploy(() => ({ [prop]: null }))).toThrow(new RegExp(`^\\\`${prop}\\\` must be .*, got: null\\. `));
  });

  test('takes values that only the deployment knows', () => {
    const { database } = deploy((stack) => ({
      stage: Fn.ref('Stage'),
      host: Fn.ref('Host'),
      databaseName: Fn.ref('Database'),
      connectionLimit: new CfnParameter(stack, 'Limit', { type: 'Number' }).valueAsNumber,
    }));
    expect(database.schemaName).toBe('umami');
  });

  test('is owned by the stack that it is in', () => {
    const stack = new Stack(new App(), 'Other');
    new UmamiDatabase(stack, 'UmamiDatabase', {
      stage: 'dev',
      vpc: new Vpc(stack, 'Vpc'),
      securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'SecurityGroup', 'sg-1'),
      host: 'h',
      databaseName: 'd',
      adminSecret: Secret.fromSecretCompleteArn(stack, 'AdminSecret', ADMIN_SECRET),
    });

    Template.fromStack(stack).hasResourceProperties('Custom::UmamiDatabase', { Owner: 'Other/dev' });
  });
});

describe('the construct', () => {
  test('tells the names that it gave', () => {
    const { database } = deploy();
    expect([database.schemaName, database.databaseRoleName]).toEqual(['umami', 'umami_user']);

    const { database: other } = deploy(() => ({ schemaName: 'metrics', databaseRoleName: 'metrics_user' }));
    expect([other.schemaName, other.databaseRoleName]).toEqual(['metrics', 'metrics_user']);
  });
});
