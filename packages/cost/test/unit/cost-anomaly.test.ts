import { expect, test } from 'vitest';
import { AlertTopic, CostAnomaly, type CostAnomalyProps } from '../../src';
import { newStack, ofType } from './template';

function create(props: Partial<CostAnomalyProps> = {}) {
  const stack = newStack();
  const topic = new AlertTopic(stack, 'Alerts', { emails: ['platform@example.com'] });
  new CostAnomaly(stack, 'Anomalies', { project: 'UserMetrics', topic, ...props });
  const [monitor, subscription] = ['AWS::CE::AnomalyMonitor', 'AWS::CE::AnomalySubscription'].map(
    (type) => ofType(stack, type)[0],
  );
  return { monitor, subscription };
}

test('watches the cost under the tag, and tells the topic at once', () => {
  const { monitor, subscription } = create();
  expect(monitor?.properties).toMatchObject({ MonitorType: 'CUSTOM' });
  expect(JSON.parse(monitor?.properties.MonitorSpecification)).toEqual({
    Tags: { Key: 'Project', Values: ['UserMetrics'], MatchOptions: ['EQUALS'] },
  });
  expect(subscription?.properties).toMatchObject({
    Frequency: 'IMMEDIATE',
    MonitorArnList: [{ 'Fn::GetAtt': [monitor?.logicalId, 'MonitorArn'] }],
    Subscribers: [{ Type: 'SNS', Address: { Ref: expect.stringContaining('Alerts') } }],
  });
  const minimumOf = ({ subscription: made }: ReturnType<typeof create>) =>
    JSON.parse(made?.properties.ThresholdExpression).Dimensions.Values;
  expect([minimumOf(create()), minimumOf(create({ minimum: 2.5 }))]).toEqual([['10'], ['2.5']]);
});

test.each([
  [{ project: '' }, '`project` must be a value of the tag `Project`'],
  [{ minimum: 0 }, '`minimum` must be a number of USD above 0, got: 0.'],
])('fails for %o', (props, message) => {
  expect(() => create(props)).toThrow(message);
});
