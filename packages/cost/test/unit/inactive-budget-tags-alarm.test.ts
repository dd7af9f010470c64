import { CostAllocationTags } from '@user-metrics/tagging';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { expect, test } from 'vitest';
import { InactiveBudgetTagsAlarm } from '../../src';
import { newStack, ofType } from './template';

const TOPIC_ARN = 'arn:aws:sns:eu-central-1:111111111111:Alerts';

function create() {
  const stack = newStack();
  const tags = new CostAllocationTags(stack, 'Tags');
  const alarm = new InactiveBudgetTagsAlarm(stack, 'InactiveBudgetTags', { inactiveKeys: tags.metricInactive() });
  alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(stack, 'Topic', TOPIC_ARN)));
  const [resource, ...others] = ofType(stack, 'AWS::CloudWatch::Alarm');
  expect(others).toEqual([]);
  return resource?.properties;
}

test('is in alarm from the first day, when there is no value yet, and for each day with an inactive key', () => {
  expect(create()).toMatchObject({
    Namespace: 'UserMetrics/Cost',
    MetricName: 'InactiveCostAllocationTags',
    Statistic: 'Maximum',
    Period: 86400,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'breaching',
  });
});

test('clears itself when two days were without one: costs have a tag a day after its activation', () => {
  expect(create()).toMatchObject({ EvaluationPeriods: 2, DatapointsToAlarm: 1 });
});

test('says what it means, and what to do in a member account, within what an alarm can hold', () => {
  const { AlarmDescription, AlarmActions } = create() ?? {};
  expect(AlarmDescription).toContain('A budget over tags counts $0, whatever is spent, until');
  expect(AlarmDescription).toContain('If account 111111111111 is a member of an organization, only the payer');
  expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
  expect(AlarmActions).toEqual([TOPIC_ARN]);
});
