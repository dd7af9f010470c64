import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { App, CfnParameter, CfnResource, RemovalPolicy, Stack, Tags, Validations } from 'aws-cdk-lib/core';
import { describe, expect, test } from 'vitest';
import { checkTemplateTags, ObservabilityTags, TagCompliance, TagSchema } from '../../src';

const tags = { Project: 'P', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'C', Owner: 'O' };

function synth(build: (stack: Stack) => void, plugin = new TagCompliance()) {
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true } });
  const stack = new Stack(app, 'Stack');
  Validations.of(app).addPlugins(plugin);
  for (const [key, value] of Object.entries(tags)) Tags.of(stack).add(key, value);
  build(stack);
  return app;
}

test('lets a compliant app through', () => {
  const app = synth((stack) => {
    Tags.of(new Bucket(stack, 'Bucket')).add('DataType', 'Sessions');
    new StringParameter(stack, 'Parameter', { stringValue: 'x' });
  });
  expect(app.synth().stacks).toHaveLength(1);
});

test('fails synth and names the resource, the tag, what is allowed and the line to add', () => {
  const app = synth((stack) => new Bucket(stack, 'Recordings'));
  expect(() => app.synth()).toThrow(/ValidationFailed|validation/i);
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
  const [violation] = report.pluginReports[0].violations;
  expect(violation.description).toBe(
    'Stack/Recordings/Resource (AWS::S3::Bucket): DataType is missing. Allowed: Metrics, Logs, Sessions, Analytics.',
  );
  expect(violation.suggestedFix).toBe("Tags.of(construct).add('DataType', 'Metrics'); // construct: Stack/Recordings");
  expect(violation.violatingConstructs[0].constructPath).toContain('Stack/Recordings');
});

describe('a resource without a class of its own, which Tags.of() passes by', () => {
  const HANDLER = 'Stack/Custom::S3AutoDeleteObjectsCustomResourceProvider/Handler';
  const build = (stack: Stack) => {
    const bucket = new Bucket(stack, 'Bucket', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    Tags.of(bucket).add('DataType', 'Sessions');
  };

  test('gets a line that reaches it', () => {
    const app = synth(build);
    expect(() => app.synth()).toThrow(/ValidationFailed|validation/i);
    const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8'));
    const fixes = report.pluginReports[0].violations.map(({ suggestedFix }: { suggestedFix: string }) => suggestedFix);
    expect(fixes).toContain(
      `ObservabilityTags.of(construct).apply({ ...tags, Owner: '<value>' }); // Tags.of() does not reach it; construct: ${HANDLER}`,
    );
    expect(fixes.filter((fix: string) => fix.startsWith('Tags.of'))).toEqual([]);
  });

  test('has no violation left once the line is added', () => {
    const app = synth(build);
    const provider = app.node.findChild('Stack').node.findChild('Custom::S3AutoDeleteObjectsCustomResourceProvider');
    ObservabilityTags.of(provider).apply({ ...tags, Environment: 'dev', ManagedBy: 'CDK' });
    expect(() => app.synth()).not.toThrow();
  });

  test('keeps the tags of the app when it gets one of its own', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const table = new CfnResource(stack, 'Table', { type: 'AWS::DynamoDB::Table', properties: {} });
    const five = { ...tags, Environment: 'dev', ManagedBy: 'CDK' } as const;
    ObservabilityTags.of(app).apply(five);
    expect(checkTemplateTags(app.synth({ force: true }).getStackByName('Stack').template).violations).toHaveLength(1);
    ObservabilityTags.of(table).apply({ ...five, DataType: 'Metrics' });
    expect(checkTemplateTags(app.synth({ force: true }).getStackByName('Stack').template).violations).toEqual([]);
  });
});

test('names what it did not check in the report, with the reason', () => {
  const app = synth((stack) => {
    new Topic(stack, 'Topic').addSubscription(new EmailSubscription('platform@example.com'));
  });
  const directory = app.synth().directory;
  const { metadata } = new TagCompliance().validate({
    templatePaths: [join(directory, 'Stack.template.json')],
  } as Parameters<TagCompliance<never>['validate']>[0]);
  expect(metadata).toEqual({
    'AWS::SNS::Subscription': 'not checked: its CloudFormation type has no property for tags',
  });
});

test('fails for an empty value and for one outside the vocabulary', () => {
  const { violations } = checkTemplateTags({
    Resources: {
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          Tags: Object.entries({ ...tags, Owner: '', Environment: 'live' }).map(([Key, Value]) => ({ Key, Value })),
        },
      },
    },
  });
  expect(violations.map(({ logicalId, problem }) => [logicalId, problem.key, problem.problem])).toEqual([
    ['Topic', 'Environment', 'has a value outside the vocabulary'],
    ['Topic', 'Owner', 'must not be empty'],
  ]);
});

test('takes a value that only CloudFormation can tell as present', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack');
  const owner = new CfnParameter(stack, 'Owner');
  for (const [key, value] of Object.entries({ ...tags, Owner: owner.valueAsString })) Tags.of(stack).add(key, value);
  new StringParameter(stack, 'Parameter', { stringValue: 'x' });
  expect(checkTemplateTags(app.synth().getStackByName('Stack').template).violations).toEqual([]);
});

test('counts what takes tags and lists the types that do not', () => {
  const report = checkTemplateTags({
    Resources: {
      A: { Type: 'AWS::SNS::Subscription' },
      B: { Type: 'AWS::SNS::Subscription' },
      C: { Type: 'Custom::Thing' },
      E: { Type: 'Third::Party::Thing' },
      D: { Type: 'AWS::SSM::Parameter', Properties: { Tags: tags } },
    },
  });
  expect(report).toEqual({
    taggable: 1,
    untaggable: {
      'AWS::SNS::Subscription': { count: 2, reason: 'its CloudFormation type has no property for tags' },
      'Custom::Thing': { count: 1, reason: expect.stringContaining('custom resource') },
      'Third::Party::Thing': { count: 1, reason: expect.stringContaining('nobody knows') },
    },
    violations: [],
  });
});

test('checks against a schema of the team', () => {
  const schema = TagSchema.STANDARD.extend({ Environment: ['live'] });
  const app = synth((stack) => {
    const parameter = new StringParameter(stack, 'Parameter', { stringValue: 'x' });
    Tags.of(parameter).add('Environment', 'live');
  }, new TagCompliance({ schema }));
  expect(() => app.synth()).not.toThrow();
});
