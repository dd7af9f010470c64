import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, test } from 'vitest';
import {
  AlertTopic,
  type AlertTopicProps,
  CostBudget,
  type CostBudgetProps,
  CostDashboard,
  InactiveBudgetTagsAlarm,
} from '../../src';
import { newStack } from './template';

// Plain JavaScript has no types: a wrong value must fail at synth, not at the deployment or never.

describe('AlertTopic', () => {
  const create = (props: unknown) => () => new AlertTopic(newStack(), 'Topic', props as AlertTopicProps);

  test.each([
    [undefined, '`props` must be an object, got: undefined.'],
    [{}, '`emails` must be a list of e-mail addresses, got: undefined.'],
    [{ emails: 'a@b.c' }, '`emails` must be a list of e-mail addresses, got: a@b.c.'],
    [{ emails: ['a@example.com', 'not an email'] }, '`emails` must be a list of e-mail addresses, got: not an email.'],
    [{ emails: [] }, '`emails` must be a list of e-mail addresses, got: [].'],
    [
      { emails: ['a@example.com', 'b@example.com', 'A@example.com'] },
      '`emails` must hold each address once, got: A@example.com twice.',
    ],
    [
      { emails: ['a@example.com'], encryptionKey: 'alias/aws/sns' },
      '`encryptionKey` must be a KMS key, got: alias/aws/sns.',
    ],
  ])('refuses %j', (props, message) => expect(create(props)).toThrow(message));

  test('takes addresses and a key', () => {
    const stack = newStack();
    const props = { emails: ['a.b+c@sub.example.com'], encryptionKey: new Key(stack, 'Key') };
    expect(() => new AlertTopic(stack, 'Topic', props)).not.toThrow();
  });
});

test('a prop that does not exist is refused', () => {
  const stack = newStack();
  const props = { project: 'UserMetrics', topic: new Topic(stack, 'Topic'), threshholds: [50] } as never;
  expect(() => new CostBudget(stack, 'Budget', props)).toThrow(
    /^`props` must hold only project, .*, got: threshholds\./,
  );
});

test.each([
  ['project', null],
  ['project', ''],
  ['project', 'a$b'],
  ['topic', 'arn:aws:sns:us-east-1:111111111111:alerts'],
  ['environment', ''],
  ['limit', '150'],
  ['limit', Number.POSITIVE_INFINITY],
  ['thresholds', 80],
  ['thresholds', ['80']],
  ['lowerMark', '100'],
] as const satisfies [keyof CostBudgetProps, unknown][])('CostBudget refuses %s %j', (prop, value) => {
  const stack = newStack();
  const props = { project: 'UserMetrics', topic: new Topic(stack, 'Topic'), [prop]: value };
  const create = () => new CostBudget(stack, 'Budget', props as CostBudgetProps);
  expect(create).toThrow(
    expect.objectContaining({
      name: 'CostError',
      message: expect.stringMatching(new RegExp(`^\`${prop}\` must be .*, got: `)),
    }),
  );
});

test('the alarm and the dashboard refuse what are no metrics, services and alarms', () => {
  const wrong = (props: object) => props as never;
  expect(() => new InactiveBudgetTagsAlarm(newStack(), 'A', wrong({ inactiveKeys: 0 }))).toThrow(
    '`inactiveKeys` must be a metric, got: 0.',
  );
  expect(() => new CostDashboard(newStack(), 'D', wrong({ services: 'AmazonEC2' }))).toThrow(
    '`services` must be a list of service names',
  );
  expect(() => new CostDashboard(newStack(), 'D', wrong({ alarms: ['a'] }))).toThrow(
    '`alarms` must be a list of alarms, got: a.',
  );
});
