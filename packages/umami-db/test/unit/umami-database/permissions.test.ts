import { type CfnRole, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { describe, expect, test } from 'vitest';
import { ADMIN_SECRET, clusterOf, deploy } from './stack';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const WRITE = ['secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'];
const READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];

describe('the function', () => {
  test('may read the secret of the administrator, read and write its own, and nothing else', () => {
    const deployment = deploy();
    const [own] = Object.keys(deployment.template().findResources('AWS::SecretsManager::Secret'));

    expect(deployment.statements()).toEqual([
      { Effect: 'Allow', Action: READ, Resource: [ADMIN_SECRET, { Ref: own }] },
      { Effect: 'Allow', Action: WRITE, Resource: { Ref: own } },
    ]);
  });

  test('may take a snapshot of one cluster, under names of its own, and find it, when that is asked for', () => {
    const deployment = deploy((stack) => ({
      snapshotCluster: clusterOf('Application', stack),
      schemaName: 'umami_dev',
    }));
    const ofRds = deployment.statements().filter((statement) => JSON.stringify(statement).includes('rds:'));
    const arn = (resource: string) => `arn:aws:rds:us-east-1:111122223333:${resource}`;

    expect(ofRds).toEqual([
      {
        Effect: 'Allow',
        Action: 'rds:CreateDBClusterSnapshot',
        Resource: [arn('cluster-snapshot:umami-dev-before-*'), arn('cluster:application')],
      },
      {
        Effect: 'Allow',
        Action: 'rds:DescribeDBClusterSnapshots',
        Resource: [arn('cluster-snapshot:*'), arn('cluster:application')],
      },
    ]);
    expect(deployment.provisioningFunction().Properties['Timeout']).toBe(880);
  });

  test('may decrypt with the key of the administrator, by way of Secrets Manager, when there is one', () => {
    const deployment = deploy((stack) => ({
      adminSecret: Secret.fromSecretAttributes(stack, 'Encrypted', {
        secretCompleteArn: ADMIN_SECRET,
        encryptionKey: Key.fromKeyArn(stack, 'Key', KEY),
      }),
    }));
    const withKey = deployment.statements().filter((statement) => JSON.stringify(statement).includes('kms:'));

    const viaSecretsManager = { StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' } };
    expect(withKey).toEqual([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY, Condition: viaSecretsManager }]);
    expect(JSON.stringify(deploy().statements())).not.toContain('kms:');
  });

  test('has the managed policies that a function in a VPC needs, and no others', () => {
    const deployment = deploy();
    const roles = Object.values(deployment.template().findResources('AWS::IAM::Role'));
    const managed = roles.map(({ Properties }) => JSON.stringify(Properties.ManagedPolicyArns).match(/AWSLambda\w+/g));

    expect(managed.map((names) => names?.sort()).sort()).toEqual([
      ['AWSLambdaBasicExecutionRole'],
      ...Array(2).fill(['AWSLambdaBasicExecutionRole', 'AWSLambdaVPCAccessExecutionRole']),
    ]);
  });

  test('can be called by the provider and by nobody else', () => {
    deploy().template().resourceCountIs('AWS::Lambda::Permission', 0);
  });
});

describe('somebody else', () => {
  test('may read the secret when that is granted, and not write it', () => {
    const deployment = deploy();
    const role = new Role(deployment.stack, 'TaskExecutionRole', {
      assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com'),
    });
    const grant = deployment.database.grantRead(role);
    const [secret] = Object.keys(deployment.template().findResources('AWS::SecretsManager::Secret'));

    expect(grant.success).toBe(true);
    deployment.template().hasResourceProperties('AWS::IAM::Policy', {
      Roles: [{ Ref: deployment.stack.getLogicalId(role.node.defaultChild as CfnRole) }],
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: READ, Resource: { Ref: secret } }] },
    });
  });
});
