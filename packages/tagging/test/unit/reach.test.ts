import type { App } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { checkTemplateTags, type Template, type TemplateResource } from '../../src';
import { tags, wholeApp } from '../whole-app';

const templateOf = (app: App): Template => app.synth().getStackByName('Stack').template;

function resourcesOf({ Resources = {} }: Template, type: string): [string, TemplateResource][] {
  return Object.entries(Resources).filter(([, { Type }]) => Type === type);
}

/** The log group of a function: the one it names, or the one that has its name. */
function logGroupOf(
  template: Template,
  [id, { Properties }]: [string, TemplateResource],
): TemplateResource | undefined {
  const logging = Properties?.['LoggingConfig'] as { LogGroup?: { Ref: string } } | undefined;
  const groups = resourcesOf(template, 'AWS::Logs::LogGroup');
  const named = `["/aws/lambda/",{"Ref":"${id}"}]`;
  return groups.find(
    ([groupId, group]) =>
      groupId === logging?.LogGroup?.Ref || JSON.stringify(group.Properties?.['LogGroupName'])?.includes(named),
  )?.[1];
}

const logTags = Object.entries({ ...tags, Function: 'Logging', DataType: 'Logs' }).map(([Key, Value]) => ({
  Key,
  Value,
}));

test.each([
  ['with the recommended flags', undefined],
  [
    'without the stabilisation of aspects',
    { '@aws-cdk/core:aspectStabilization': false, '@aws-cdk/aws-lambda:useCdkManagedLogGroup': true },
  ],
])('%s every function, those that CDK writes included, logs to a tagged group', (_, flags) => {
  const template = templateOf(wholeApp(undefined, flags));
  const functions = resourcesOf(template, 'AWS::Lambda::Function');
  expect(functions.length).toBeGreaterThanOrEqual(7);
  for (const one of functions) {
    const group = logGroupOf(template, one);
    expect([one[0], group?.Properties]).toEqual([
      one[0],
      expect.objectContaining({ Tags: expect.arrayContaining(logTags), RetentionInDays: expect.any(Number) }),
    ]);
  }
  expect(checkTemplateTags(template).violations).toEqual([]);
});
