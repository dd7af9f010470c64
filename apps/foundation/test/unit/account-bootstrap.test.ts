import { expect, test } from 'vitest';
import { assemblyOfConfig, exampleConfig } from './example';
import { resourcesOf } from './modes';

function assemblyWith(account: object) {
  const config = exampleConfig();
  Object.assign(config.accounts['111122223333'] ?? {}, account);
  // Their deletion and export have functions and IAM roles of the CDK's own.
  Object.assign(config.stages['dev'] ?? {}, {
    storage: { autoDelete: true, logArchive: { exportLogGroups: ['audit'] } },
  });
  return assemblyOfConfig(config);
}

test.each([
  ['boundary', 'arn:aws:iam::111122223333:policy/boundary'],
  ['arn:aws:iam::111122223333:policy/team/boundary', 'arn:aws:iam::111122223333:policy/team/boundary'],
])('%s bounds every IAM role, those of custom resource providers too', (permissionsBoundary, arn) => {
  const roles = resourcesOf(assemblyWith({ permissionsBoundary })).filter(({ Type }) => Type === 'AWS::IAM::Role');
  expect(roles.filter(({ id }) => id.startsWith('CustomS3AutoDelete'))).toHaveLength(1);
  for (const { Properties } of roles) expect(Properties).toMatchObject({ PermissionsBoundary: arn });
});

test('the qualifier of the bootstrap is in the bucket, the IAM roles and the parameter that the CDK CLI uses', () => {
  for (const stack of assemblyWith({ bootstrap: { qualifier: 'acme' } }).stacks) {
    const { stackTemplateAssetObjectUrl, assumeRoleArn, bootstrapStackVersionSsmParameter } = stack;
    expect(stackTemplateAssetObjectUrl).toContain('s3://cdk-acme-assets-111122223333-');
    expect(assumeRoleArn).toContain(':role/cdk-acme-deploy-role-');
    expect(bootstrapStackVersionSsmParameter).toBe('/cdk-bootstrap/acme/version');
    expect(JSON.stringify(stack.template)).not.toContain('hnb659fds');
  }
});
