import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Stack, Token } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { PROBE_VARIABLE, PROPERTIES_VARIABLE } from '../../../runtime/verification/properties';
import type { UmamiDatabaseProps } from '../../../src';
import { ADMIN_SECRET, deploy, type Resource } from './stack';

const READ = ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
const PEM = '-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n';

function deployed(differing: Partial<UmamiDatabaseProps> = {}) {
  const deployment = deploy(() => differing);
  const resources = deployment.template().findResources('AWS::Lambda::Function') as unknown as Record<string, Resource>;
  const [name, found] =
    Object.entries(resources).find(([id]) => id.includes('VerificationFunction')) ?? expect.unreachable();
  const { Variables } = found.Properties['Environment'] as {
    Variables: Record<string, { 'Fn::Join': [string, unknown[]] }>;
  };
  const parts = Variables[PROPERTIES_VARIABLE]?.['Fn::Join'][1] ?? [];
  const properties = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'arn:own')).join(''));
  const assembly = (Stack.of(deployment.stack).node.root as never as { outdir: string }).outdir;
  const { S3Key } = found.Properties['Code'] as { S3Key: string };
  return { deployment, name, found, properties, code: join(assembly, `asset.${S3Key.replace('.zip', '')}`) };
}

test('the function that verifies is in the VPC, reads both secrets, and writes none', () => {
  const { deployment, found } = deployed();
  const [own] = Object.keys(deployment.template().findResources('AWS::SecretsManager::Secret'));

  expect(found.Properties).toMatchObject({ Timeout: 120, VpcConfig: { SecurityGroupIds: ['sg-1'] } });
  expect(deployment.statements(found)).toEqual([
    { Effect: 'Allow', Action: READ, Resource: [ADMIN_SECRET, { Ref: own }] },
  ]);
});

test('it is told what the custom resource is told, and finds a CA certificate beside its code', () => {
  const { properties, code } = deployed({ schemaName: 'metrics', certificateAuthority: PEM });

  expect(properties).toMatchObject({
    Owner: 'Stack/dev',
    Host: 'cluster.example.com',
    Schema: 'metrics',
    SecretArn: 'arn:own',
  });
  expect(Object.keys(properties).filter((key) => /Certificate|Fingerprint/.test(key))).toEqual([]);
  expect(readdirSync(code).sort()).toEqual(['ca-certificate.pem', 'index.js', 'rds-ca.pem']);
  expect(readFileSync(join(code, 'ca-certificate.pem'), 'utf8')).toBe(PEM);
});

test('a CA certificate that is known at deployment only is passed on', () => {
  const certificateAuthority = Token.asString({ Ref: 'Certificate' });
  const { properties, code } = deployed({ certificateAuthority });

  expect(properties.CertificateAuthority).toBe('arn:own');
  expect(readdirSync(code).sort()).toEqual(['index.js', 'rds-ca.pem']);
});

test('nobody may invoke it unless that is granted', () => {
  const deployment = deploy();
  const role = new Role(deployment.stack, 'Operator', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  deployment.database.grantVerify(role);
  const [invoke] = Object.values(deployment.template().findResources('AWS::IAM::Policy')).flatMap(({ Properties }) =>
    JSON.stringify(Properties.Roles).includes('Operator') ? Properties.PolicyDocument.Statement : [],
  );

  deployment.template().resourceCountIs('AWS::Lambda::Permission', 0);
  expect(invoke).toMatchObject({ Effect: 'Allow', Action: 'lambda:InvokeFunction' });
  expect(JSON.stringify(invoke.Resource)).toContain('VerificationFunction');
});

test('a health probe is part of the deployment; a statement that is none is refused at synth', () => {
  const probe = { databaseRole: 'shop', statement: 'select 1 from app.orders limit 1' };
  const { Variables } = deployed({ probe }).found.Properties['Environment'] as { Variables: Record<string, string> };

  expect(JSON.parse(Variables[PROBE_VARIABLE] ?? '')).toEqual(probe);
  for (const [member, value] of [
    ['statement', 'delete from app.orders'],
    ['statement', `select '${'x'.repeat(1000)}'`],
    ['databaseRole', ''],
    ['databaseRole', undefined],
  ])
    expect(() => deployed({ probe: { ...probe, [`${member}`]: value } })).toThrow(`\`probe.${member}\` must be `);
});
