import { describe, expect, test } from 'vitest';
import { deploy, type Resource } from './stack';

function secretOf(...given: Parameters<typeof deploy>): Resource {
  const [secret] = Object.values(
    deploy(...given)
      .template()
      .findResources('AWS::SecretsManager::Secret'),
  );
  return secret as unknown as Resource;
}

describe('the secret', () => {
  test('is the only one, and the one that the construct tells', () => {
    const deployment = deploy();
    const template = deployment.template();
    const [id] = Object.keys(template.findResources('AWS::SecretsManager::Secret'));

    template.resourceCountIs('AWS::SecretsManager::Secret', 1);
    expect(deployment.stack.resolve(deployment.database.secret.secretArn)).toEqual({ Ref: id });
  });

  test('holds no value in the template, is gone with the stack, and has no name, so that another one may follow', () => {
    expect(secretOf().Properties).not.toHaveProperty('SecretString');
    expect(secretOf().Properties).not.toHaveProperty('Name');
    expect(secretOf()['DeletionPolicy']).toBe('Delete');
  });

  test('never changes: CloudFormation would write a value of which the database knows nothing', () => {
    const differing = {
      stage: 'prod',
      host: 'other',
      port: 1,
      databaseName: 'other',
      schemaName: 'other',
      databaseRoleName: 'other',
      umamiAdministrator: 'none' as const,
      certificateAuthority: '-----BEGIN CERTIFICATE-----',
    };

    expect(secretOf().Properties['GenerateSecretString']).toEqual({});
    expect(secretOf(() => differing)).toEqual(secretOf());
  });
});

test('nothing in the template is a password or an endpoint of the administrator', () => {
  const text = JSON.stringify(deploy().template().toJSON());

  expect(text).not.toMatch(/resolve:secretsmanager|"password"|MasterUser/i);
});

describe('the tags', () => {
  const tagsOf = (type: string) => {
    const found = Object.values(deploy().template().findResources(type)) as unknown as Resource[];
    return found.map(({ Properties }) =>
      Object.fromEntries(
        (Properties['Tags'] as { Key: string; Value: string }[]).map(({ Key, Value }) => [Key, Value]),
      ),
    );
  };

  test('say of functions, roles and secret that they are for Umami', () => {
    for (const type of ['AWS::Lambda::Function', 'AWS::IAM::Role', 'AWS::SecretsManager::Secret'])
      for (const tags of tagsOf(type)) expect(tags).toEqual({ Component: 'Umami', Function: 'Analytics' });
  });

  test('say of log groups that they hold logs', () => {
    const groups = tagsOf('AWS::Logs::LogGroup');
    expect(groups).toHaveLength(3);
    for (const tags of groups) expect(tags).toEqual({ Component: 'Umami', Function: 'Logging', DataType: 'Logs' });
  });
});
