import { Template } from 'aws-cdk-lib/assertions';
import {
  AnyPrincipal,
  Effect,
  ManagedPolicy,
  Policy,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, CfnParameter, CfnResource, Fn, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { evaluate, TemplatePolicies } from '../../src';

const STRONG = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' };

function stacks(): { access: Stack; storage: Stack; policies: () => TemplatePolicies } {
  const app = new App({ context: STRONG });
  const [access, storage] = ['Access', 'Storage'].map((id) => new Stack(app, id)) as [Stack, Stack];
  const templates = () => [access, storage].map((stack) => Template.fromStack(stack).toJSON());
  return { access, storage, policies: () => new TemplatePolicies(templates()) };
}

const taskRole = (stack: Stack) =>
  new Role(stack, 'TaskRole', { assumedBy: new ServicePrincipal('ecs-tasks.amazonaws.com') });

test('policies of one stack about a resource of another one are put together', async () => {
  const { access, storage, policies } = stacks();
  const role = taskRole(access);
  const bucket = new Bucket(storage, 'Bucket', { enforceSSL: true });
  new Policy(storage, 'Use', {
    roles: [role],
    statements: [new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')] })],
  });
  bucket.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } },
    }),
  );
  const found = policies();
  const ask = (principal: string) =>
    evaluate({
      identityPolicies: found.identityPolicies(found.arn('TaskRole')),
      resourcePolicy: found.resourcePolicy(found.arn('Bucket')),
      request: { principal, action: 's3:GetObject', resource: `${found.arn('Bucket')}/session` },
    });
  expect(found.arn('TaskRole')).toMatch(/^arn:aws:iam::111122223333:role\/TaskRole[0-9A-F]{8}$/);
  expect(await ask(found.arn('TaskRole'))).toBe('allowed');
  expect(await ask('arn:aws:iam::111122223333:role/Other')).toBe('explicitDeny');
});

test('an IAM role has its inline, attached and managed policies, and no other ones', () => {
  const { access, policies } = stacks();
  const other = new Role(access, 'Other', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const role = taskRole(access);
  const statement = (action: string) => new PolicyStatement({ actions: [action], resources: ['*'] });
  new Policy(access, 'Inline', { roles: [role], statements: [statement('s3:ListAllMyBuckets')] });
  new Policy(access, 'OfOther', { roles: [other], statements: [statement('ec2:DescribeVpcs')] });
  new ManagedPolicy(access, 'Managed', { roles: [role], statements: [statement('sns:ListTopics')] });
  const found = policies();
  const actions = found
    .identityPolicies(found.arn('TaskRole'))
    .flatMap(({ Statement }) => Statement.map(({ Action }) => Action));
  expect(actions.sort()).toEqual(['s3:ListAllMyBuckets', 'sns:ListTopics']);
});

test('what the deployment decides has the values of an example', () => {
  const { access, policies } = stacks();
  const secret = new Secret(access, 'Secret');
  const role = taskRole(access);
  role.assumeRolePolicy?.addStatements(
    new PolicyStatement({
      actions: ['sts:AssumeRole'],
      principals: [new ServicePrincipal('grafana.amazonaws.com')],
      conditions: {
        StringEquals: { 'aws:SourceAccount': access.account },
        ArnLike: {
          'aws:SourceArn': Fn.sub(`arn:\${AWS::Partition}:grafana:\${AWS::Region}:\${AWS::AccountId}:/workspaces/*`),
        },
      },
    }),
  );
  secret.grantRead(role);
  const found = policies();
  expect(found.trust(found.arn('TaskRole')).Statement[1]?.Condition).toEqual({
    StringEquals: { 'aws:SourceAccount': '111122223333' },
    ArnLike: { 'aws:SourceArn': 'arn:aws:grafana:us-east-1:111122223333:/workspaces/*' },
  });
  expect(found.identityPolicies(found.arn('TaskRole'))[0]?.Statement[0]?.Resource).toBe(found.arn('Secret'));
  expect(found.arn('Secret')).toMatch(
    /^arn:aws:secretsmanager:us-east-1:111122223333:secret:Secret[0-9A-F]{8}-a1B2c3$/,
  );
});

test('keys and topics have policies, too', () => {
  const { access, policies } = stacks();
  new Key(access, 'Key');
  new Topic(access, 'Topic', { enforceSSL: true });
  const found = policies();
  expect(found.resourcePolicy(found.arn('Key')).Statement[0]?.Action).toBe('kms:*');
  expect(found.resourcePolicy(found.arn('Topic')).Statement[0]?.Sid).toBe('AllowPublishThroughSSLOnly');
});

test('fails for a resource that is not there, or there twice', () => {
  const { access, storage, policies } = stacks();
  new Topic(access, 'Topic');
  new Topic(storage, 'Topic');
  expect(() => policies().arn('Bucket')).toThrow(
    '`id` must be that of one resource of the templates, got: Bucket (0).',
  );
  expect(() => policies().arn('Topic')).toThrow(/got: Topic \(2\)/);
  expect(() => policies().resourcePolicy('arn:aws:s3:::other')).toThrow(
    'the templates must hold a resource policy of arn:aws:s3:::other, got: none.',
  );
});

test.each([
  [
    'a parameter',
    (stack: Stack) => new CfnParameter(stack, 'Name').valueAsString,
    /resources of its template, got: Name/,
  ],
  [
    'a type whose ARNs are not known',
    (stack: Stack) => new CfnResource(stack, 'Thing', { type: 'Custom::Thing' }).ref,
    /ARNs are known, got: Thing of type Custom::Thing/,
  ],
  ['an import from elsewhere', () => Fn.importValue('elsewhere'), /exported by one of the templates, got: elsewhere/],
  ['an unknown function', () => Fn.getAzs()[0] ?? Fn.base64('a'), /functions that are known here/],
])('fails for a reference to %s', (_, create, message) => {
  const { access, policies } = stacks();
  taskRole(access).addToPolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [create(access)] }));
  expect(policies).toThrow(message);
});

test('an id that the deployment makes up has one that can be told from others', () => {
  const { access, policies } = stacks();
  const bucket = new Bucket(access, 'B');
  const resources = [`arn:aws:execute-api:*:*:${bucket.bucketDomainName}`];
  taskRole(access).addToPolicy(new PolicyStatement({ actions: ['execute-api:Invoke'], resources }));
  const found = policies();
  const [policy] = found.identityPolicies(found.arn('TaskRole'));
  expect(policy?.Statement[0]?.Resource).toMatch(/^arn:aws:execute-api:\*:\*:B[0-9A-F]{8}\.DomainName$/);
});
