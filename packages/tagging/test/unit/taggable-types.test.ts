import { expect, test } from 'vitest';
import { taggableTypes } from '../../scripts/taggable-types';
import { tagPropertyOf } from '../../src';
import data from '../../src/taggable-types/taggable-types.json';

test('the list of taggable types is the one of the installed aws-cdk-lib (`npx tsx scripts/taggable-types.ts` renews it)', () => {
  expect(data).toEqual(taggableTypes());
}, 60_000);

test.each([
  ['AWS::S3::Bucket', { property: 'Tags', format: 'list' }],
  ['AWS::SSM::Parameter', { property: 'Tags', format: 'map' }],
  ['AWS::Budgets::Budget', { property: 'ResourceTags', format: 'list' }],
  ['AWS::AutoScaling::AutoScalingGroup', { property: 'Tags', format: 'launch' }],
  ['AWS::SNS::Subscription', undefined],
  ['AWS::IAM::Policy', undefined],
  ['Custom::Anything', undefined],
])('%s takes tags in %o', (type, place) => {
  expect(tagPropertyOf(type)).toEqual(place);
});
