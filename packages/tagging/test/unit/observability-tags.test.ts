import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, Aws, CfnCondition, CfnParameter, CfnResource, Fn, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib/core';
import { Provider } from 'aws-cdk-lib/custom-resources';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { describe, expect, test } from 'vitest';
import { applyComponentTags, checkTemplateTags, ObservabilityTags, TagSchema, type Template } from '../../src';

const tags = {
  Project: 'UserMetrics',
  Environment: 'dev',
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform',
} as const;

function app(
  build: (stack: Stack) => void,
  further: object = {},
): { template: Template; stackTags: unknown; messages: string[] } {
  const root = new App({ context: recommendedFlags });
  const stack = new Stack(root, 'Stack');
  ObservabilityTags.of(root).apply({ ...tags, ...further });
  build(stack);
  const artifact = root.synth().getStackByName('Stack');
  return {
    template: artifact.template,
    stackTags: artifact.tags,
    messages: artifact.messages.map(({ entry }) => String(entry.data)),
  };
}

function tagsOf(template: Template, type: string): unknown[] {
  return Object.values(template.Resources ?? {})
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties?.['Tags'] ?? Properties?.['ResourceTags']);
}

const asList = (values: object) => Object.entries(values).map(([Key, Value]) => ({ Key, Value }));

test('everything taggable carries the five tags, provider functions, their roles and log groups included', () => {
  const { template } = app((stack) => {
    new Vpc(stack, 'Vpc', { maxAzs: 1, restrictDefaultSecurityGroup: true });
    const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    applyComponentTags(bucket, 'openReplay');
    const handler = new LambdaFunction(stack, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
    });
    new Provider(stack, 'Provider', { onEventHandler: handler });
    StringParameter.fromStringParameterName(stack, 'Imported', '/imported');
    new StringParameter(stack, 'Parameter', { stringValue: 'x' });
    new CfnBudget(stack, 'Budget', { budget: { budgetType: 'COST', timeUnit: 'MONTHLY' } });
  });
  const { taggable, violations } = checkTemplateTags(template);
  expect(violations).toEqual([]);
  expect(taggable).toBeGreaterThan(15);
  expect(tagsOf(template, 'AWS::Logs::LogGroup').length).toBeGreaterThan(0);
});

test('stacks carry them too, so that CloudFormation passes them on', () => {
  expect(app(() => {}).stackTags).toEqual(tags);
});

test('a tag that a resource already has is kept and reported', () => {
  const { template, messages } = app((stack) => {
    const bucket = new Bucket(stack, 'Bucket');
    applyComponentTags(bucket, 'openReplay');
    Tags.of(bucket).add('Owner', 'somebody else');
  });
  expect(tagsOf(template, 'AWS::S3::Bucket')).toEqual([
    expect.arrayContaining([
      { Key: 'Owner', Value: 'somebody else' },
      { Key: 'Project', Value: 'UserMetrics' },
    ]),
  ]);
  expect(messages).toEqual(['keeps its own tag Owner=somebody else; the value of ObservabilityTags is platform']);
});

test('a tag called as what every object of JavaScript has is put on like any other', () => {
  const { template, messages } = app((stack) => void new Bucket(stack, 'Bucket'), { constructor: 'x' });
  expect(tagsOf(template, 'AWS::S3::Bucket')).toEqual([expect.arrayContaining([{ Key: 'constructor', Value: 'x' }])]);
  expect(messages).toEqual([]);
});

test('a resource without a class of its own keeps the tags it was written with', () => {
  const { template, messages } = app((stack) => {
    new CfnResource(stack, 'Role', {
      type: 'AWS::IAM::Role',
      properties: { Tags: [{ Key: 'Owner', Value: 'other' }] },
    });
    new CfnResource(stack, 'Parameter', { type: 'AWS::SSM::Parameter', properties: { Tags: { Team: 'Growth' } } });
    new CfnResource(stack, 'Policy', { type: 'AWS::IAM::Policy', properties: {} });
  });
  expect(tagsOf(template, 'AWS::IAM::Role')).toEqual([expect.arrayContaining(asList({ ...tags, Owner: 'other' }))]);
  expect(tagsOf(template, 'AWS::IAM::Role')[0]).toHaveLength(5);
  expect(tagsOf(template, 'AWS::SSM::Parameter')).toEqual([{ ...tags, Team: 'Growth' }]);
  expect(tagsOf(template, 'AWS::IAM::Policy')).toEqual([undefined]);
  expect(messages).toEqual(['keeps its own tag Owner=other; the value of ObservabilityTags is platform']);
});

describe('an Auto Scaling group without a class of its own', () => {
  const group = (Tags?: object[]) =>
    tagsOf(
      app((stack) => {
        new CfnResource(stack, 'Group', {
          type: 'AWS::AutoScaling::AutoScalingGroup',
          properties: { MinSize: '0', MaxSize: '1', ...(Tags ? { Tags } : {}) },
        });
      }).template,
      'AWS::AutoScaling::AutoScalingGroup',
    )[0] as { Key: string; Value: string; PropagateAtLaunch: boolean }[];

  test('passes the tags on to its instances, which each entry has to say', () => {
    expect(group()).toEqual(asList(tags).map((tag) => ({ ...tag, PropagateAtLaunch: true })));
  });

  test('keeps what it was written with, and what that says of its instances', () => {
    const own = { Key: 'Owner', Value: 'other', PropagateAtLaunch: false };
    const tagged = group([own]);
    expect(tagged.filter(({ Key }) => Key === 'Owner')).toEqual([own]);
    expect(tagged).toHaveLength(5);
    expect(tagged.every(({ PropagateAtLaunch }) => typeof PropagateAtLaunch === 'boolean')).toBe(true);
  });
});

describe('tags of which only CloudFormation knows, on a resource without a class of its own', () => {
  const role = (Tags: (stack: Stack) => unknown) => {
    const { template, messages } = app((stack) => {
      new CfnCondition(stack, 'Live');
      new CfnResource(stack, 'Role', { type: 'AWS::IAM::Role', properties: { Tags: Tags(stack) } });
    });
    return { written: tagsOf(template, 'AWS::IAM::Role')[0], messages, template };
  };

  test.each<[string, unknown, object]>([
    ['by a token', Fn.conditionIf('Live', [], [{ Key: 'Team', Value: 'Growth' }]), { 'Fn::If': expect.anything() }],
    ['as written', { 'Fn::If': ['Live', [], []] }, { 'Fn::If': ['Live', [], []] }],
  ])('are left alone, reported, and no pass: %s', (_, given, expected) => {
    const { written, messages, template } = role(() => given);
    expect(written).toEqual(expected);
    expect(messages).toEqual([expect.stringContaining('gets no tags of ObservabilityTags: its Tags are only known')]);
    expect(checkTemplateTags(template).violations.map(({ problem }) => problem)).toEqual([
      { key: 'Tags', problem: 'must be a list, with intrinsic functions in its values alone, got: Fn::If' },
    ]);
  });

  test('one by one: the list keeps them, and their keys are not added twice', () => {
    const optional = { 'Fn::If': ['Live', { Key: 'Owner', Value: 'a' }, { Key: 'Owner', Value: 'b' }] };
    const { written, template } = role(() => [
      optional,
      Fn.conditionIf('Live', { Key: 'Team', Value: 'x' }, Aws.NO_VALUE),
    ]);
    const { Owner: _, ...others } = tags;
    expect(written).toEqual([
      ...asList(others),
      optional,
      { 'Fn::If': ['Live', { Key: 'Team', Value: 'x' }, { Ref: 'AWS::NoValue' }] },
    ]);
    expect(checkTemplateTags(template).violations.map(({ problem }) => problem.key)).toEqual(['Owner']);
  });

  test('in a value: it is kept', () => {
    const { written, template } = role((stack) => [
      { Key: 'Owner', Value: new CfnParameter(stack, 'P').valueAsString },
    ]);
    expect(written).toEqual(expect.arrayContaining([{ Key: 'Owner', Value: { Ref: 'P' } }]));
    expect(written).toHaveLength(5);
    expect(checkTemplateTags(template).violations).toEqual([]);
  });
});

test('a component says what it is for, and its log groups that they hold logs', () => {
  const { template } = app((stack) => {
    const handler = new LambdaFunction(stack, 'Handler', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromInline('exports.handler = () => {}'),
    });
    applyComponentTags(handler, 'umami', { Function: 'Compute' });
  });
  expect(tagsOf(template, 'AWS::Lambda::Function')).toEqual([
    asList({ Component: 'Umami', ...tags, Function: 'Compute' }).sort((a, b) => (a.Key < b.Key ? -1 : 1)),
  ]);
  expect(tagsOf(template, 'AWS::Logs::LogGroup')).toEqual([
    asList({ Component: 'Umami', DataType: 'Logs', Function: 'Logging', ...tags }).sort((a, b) =>
      a.Key < b.Key ? -1 : 1,
    ),
  ]);
});

test('fails when the tags do not follow the schema, with all that is wrong', () => {
  const apply = () => ObservabilityTags.of(new App()).apply({ ...tags, Owner: '', Environment: 'live' as 'dev' });
  expect(apply).toThrow(
    '`tags` must follow the tag schema:\n' +
      '  Environment has a value outside the vocabulary, got: live. Allowed: dev, staging, prod.\n' +
      '  Owner must not be empty, got: .',
  );
});

test('follows a schema of the team', () => {
  const schema = TagSchema.STANDARD.extend({ Environment: ['live'] });
  expect(() => ObservabilityTags.of(new App()).apply({ ...tags, Environment: 'live' }, { schema })).not.toThrow();
});

test('the tags of a component follow a schema of the team, in types and in values', () => {
  const schema = TagSchema.STANDARD.extend({ Component: ['Kafka'] });
  const stack = new Stack(new App(), 'Stack');
  expect(() => applyComponentTags(stack, 'infrastructure', { Component: 'Kafka' }, { schema })).not.toThrow();
  // @ts-expect-error the types refuse what the schema refuses
  const misspelt = () => applyComponentTags(stack, 'infrastructure', { Component: 'Kafak' }, { schema });
  expect(misspelt).toThrow('Component has a value outside the vocabulary, got: Kafak.');
  // @ts-expect-error
  expect(() => ObservabilityTags.of(stack).apply({ ...tags, Component: 'Kafak' }, { schema })).toThrow('got: Kafak');
});
