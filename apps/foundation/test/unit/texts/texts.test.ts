import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { assemblyOf, MODES } from '../modes';
import { DEFAULT_CONSTRUCTS, exportedConstructs } from './default-constructs';
import { textProblems } from './text-problems';

// Descriptions, names, outputs and tags: what a service refuses there fails in the middle of a deployment.

test.each(MODES)('AWS accepts every text of a stage: %s', (_, change) => {
  expect(assemblyOf(change).stacks.flatMap(({ template }) => textProblems(template))).toEqual([]);
});

test.each(Object.entries(DEFAULT_CONSTRUCTS))('AWS accepts every text of %s with default props', (_, create) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'us-east-1' } });
  create(stack);
  expect(textProblems(Template.fromStack(stack).toJSON())).toEqual([]);
});

test('every construct of the packages is among them', () => {
  expect(Object.keys(DEFAULT_CONSTRUCTS).sort()).toEqual(exportedConstructs().sort());
});

test('a text that a service refuses is a problem, and so is one without a rule', () => {
  const template = {
    Description: 'x'.repeat(1025),
    Outputs: { Group: { Value: 'a', Export: { Name: 'a_b' } } },
    Resources: {
      Group: { Type: 'AWS::EC2::SecurityGroup', Properties: { GroupDescription: "Umami's" } },
      Role: { Type: 'AWS::IAM::Role', Properties: { Description: { 'Fn::Join': ['', ['a – b', { Ref: 'Group' }]] } } },
      Other: { Type: 'AWS::Other::Thing', Properties: { Description: 'a' } },
      Tagged: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          Tags: [
            { Key: 'Owner', Value: 'R&D' },
            { Key: 'owner', Value: 'a' },
          ],
        },
      },
    },
  };
  expect(textProblems(template).map((problem) => problem.slice(0, 60))).toEqual([
    `template Description is longer than 1024: ${'x'.repeat(18)}`,
    'template Outputs.Export.Name has a character that the servic',
    'AWS::EC2::SecurityGroup GroupDescription has a character tha',
    'AWS::IAM::Role Description has a character that the service ',
    'AWS::Other::Thing Description has no rule: a',
    'AWS::SNS::Topic tag Owner: must hold only letters, digits, s',
    'AWS::SNS::Topic tag Owner: appears twice',
    'AWS::SNS::Topic tag owner: appears twice',
  ]);
});
