import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { UmamiDatabase } from '../../../src';

function imported(stage = 'dev') {
  const stack = new Stack(new App(), 'Stack');
  return { stack, database: UmamiDatabase.fromPublishedContract(stack, 'Database', { stage }) };
}

test('secret, names and function are those of the stage', () => {
  const { stack, database } = imported();
  const { secret, schemaName, databaseRoleName, verificationFunction } = database;
  const values = [secret.secretArn, schemaName, databaseRoleName, verificationFunction.functionName];
  const { Parameters } = Template.fromStack(stack).toJSON();
  const idIn = (value: string) => /SsmParameterValue\w+/.exec(JSON.stringify(stack.resolve(value)))?.[0];
  expect(values.map((value) => Parameters[String(idIn(value))]?.Default)).toEqual([
    '/user-metrics/dev/database/secret-arn',
    '/user-metrics/dev/database/schema-name',
    '/user-metrics/dev/database/role-name',
    '/user-metrics/dev/database/verification-function-name',
  ]);
});

test('grants reach the one secret and the one function', () => {
  const { stack, database } = imported();
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });
  database.grantRead(role).assertSuccess();
  database.grantVerify(role).assertSuccess();
  const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const { secretArn } = database.secret;
  const { functionArn } = database.verificationFunction;
  expect(policy?.['Properties'].PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
      Resource: stack.resolve(secretArn),
    },
    {
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: [stack.resolve(functionArn), stack.resolve(`${functionArn}:*`)],
    },
  ]);
});

test('refuses what is no stage', () => {
  expect(() => imported('dev.1')).toThrow(/^`stage` must be a stage name: .*, got: dev\.1\. /);
});
