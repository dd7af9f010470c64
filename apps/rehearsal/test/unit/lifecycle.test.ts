import { INACTIVE_BUDGET_TAGS } from '@user-metrics/tagging/cost-allocation';
import { describe, expect, test } from 'vitest';
import { notCopied } from '../../src/account/kept-recordings';
import {
  leftBehind,
  missingData,
  notKept,
  notReplaced,
  notRolledBack,
  replaced,
  touched,
  unfinished,
  unsaid,
} from '../../src/account/lifecycle';
import { CleanUp } from '../../src/clean-up';
import type { RehearsalContext } from '../../src/context';
import { RehearsalError } from '../../src/rehearsal-error';
import { Checklist } from '../../src/report/checklist';
import { requireSuccess } from '../../src/steps/account/deploy';

const stack = (status: string) => ({ name: 'UserMetrics-dev-Network', status });
const resource = (logicalId: string, physicalId: string) => ({
  region: 'us-east-1',
  stack: 'UserMetrics-dev-Storage',
  logicalId,
  type: 'AWS::S3::Bucket',
  physicalId,
});

describe('a deployment', () => {
  test('is complete when every stack is', () => {
    expect(unfinished([stack('CREATE_COMPLETE')])).toEqual([]);
  });

  test.each(['CREATE_FAILED', 'ROLLBACK_COMPLETE', 'CREATE_IN_PROGRESS'])('is not with a stack in %s', (status) => {
    expect(unfinished([stack('CREATE_COMPLETE'), stack(status)])).toEqual([`UserMetrics-dev-Network is ${status}`]);
  });

  test('is not without a stack', () => {
    expect(unfinished([])).toEqual(['there is no stack']);
  });
});

describe('a second deployment', () => {
  test('touches nothing', () => {
    expect(touched({ Network: '10:00', CDKToolkit: '09:00' }, { CDKToolkit: '09:00', Network: '10:00' })).toEqual([]);
  });

  test.each([
    ['updates a stack', { Network: '10:05', Database: '10:00' }, 'Network was updated'],
    ['removes a stack', { Database: '10:00' }, 'Network was updated'],
    ['adds a stack', { Network: '10:00', Database: '10:00', Other: '10:05' }, 'Other was updated'],
  ])('%s', (_, after: Record<string, string>, wrong) => {
    expect(touched({ Network: '10:00', Database: '10:00' }, after)).toEqual([wrong]);
  });

  test('names the stacks by name, whichever was created first', () => {
    expect(touched({}, { Network: '10:00', Database: '10:00' })).toEqual([
      'Database was updated',
      'Network was updated',
    ]);
  });
});

describe('a change', () => {
  const before = [resource('Recordings', 'bucket-1'), resource('Other', 'bucket-2')];

  test('replaces nothing, and may add something', () => {
    expect(replaced(before, [...before, resource('Third', 'bucket-3')])).toEqual([]);
  });

  test.each([
    ['another one of the same name', [resource('Recordings', 'bucket-9'), before[1] as (typeof before)[0]]],
    ['none any more', [before[1] as (typeof before)[0]]],
  ])('replaces a resource: %s', (_, after) => {
    expect(replaced(before, after)).toEqual(['AWS::S3::Bucket Recordings was replaced']);
  });
});

describe('a failed update', () => {
  const output = 'Stack A failed at UmamiDatabase/Resource/Default (Custom::UmamiDatabase): Schema shop exists';
  const right = { exitCode: 1, output, status: 'UPDATE_ROLLBACK_COMPLETE', secretBefore: 'a', secretAfter: 'a' };

  test('is rolled back', () => {
    expect(notRolledBack(right)).toEqual([]);
  });

  test.each([
    [{ exitCode: 0 }, 'the command says that all went well'],
    [
      { output: output.replace('Schema shop exists', 'CloudFormation gives no reason') },
      'the command does not say which resource failed, and why',
    ],
    [{ status: 'UPDATE_ROLLBACK_FAILED' }, 'the database stack is UPDATE_ROLLBACK_FAILED'],
    [{ status: 'UPDATE_COMPLETE' }, 'the database stack is UPDATE_COMPLETE'],
    [{ status: undefined }, 'the database stack is undefined'],
    [{ secretAfter: 'b' }, 'the secret has another value'],
  ])('is not with %j', (change, wrong) => {
    expect(notRolledBack({ ...right, ...change })).toEqual([wrong]);
  });
});

describe('destroy', () => {
  const right = { stacks: [], hasRecording: true, hasData: true };

  test('leaves the data and nothing else', () => {
    expect(notKept(right)).toEqual([]);
    expect(missingData(true)).toEqual([]);
  });

  test.each([
    [{ stacks: [stack('DELETE_FAILED')] }, 'UserMetrics-dev-Network is DELETE_FAILED'],
    [{ hasRecording: false }, 'the recording is gone'],
    [{ hasData: false }, 'the data of the schema is gone'],
  ])('is wrong with %j', (change, wrong) => {
    expect(notKept({ ...right, ...change })).toEqual([wrong]);
  });

  test('followed by a deployment that has lost the data', () => {
    expect(missingData(false)).toEqual(['the data of the schema is gone']);
  });
});

describe('a command', () => {
  const context = (): RehearsalContext => ({
    options: { configFile: 'unused', output: 'unused' },
    checklist: new Checklist(),
    cleanUp: new CleanUp(),
    signal: new AbortController().signal,
  });

  test('that fails fails its check with the end of what it said, and stops the rehearsal', () => {
    const stopped = context();
    const output = Array.from({ length: 20 }, (_, line) => `line ${line + 1}`).join('\n');
    expect(() =>
      requireSuccess(stopped, 'lifecycle.bootstrap', { exitCode: 1, output, printed: '', milliseconds: 1 }),
    ).toThrow(RehearsalError);
    const [failed] = stopped.checklist.failed;
    expect(failed?.id).toBe('lifecycle.bootstrap');
    expect(failed?.evidence.split('\n')).toEqual(output.split('\n').slice(-8));
  });

  test('that succeeds says nothing yet', () => {
    const going = context();
    requireSuccess(going, 'lifecycle.deploy', { exitCode: 0, output: '', printed: '', milliseconds: 1 });
    expect(going.checklist.all().find(({ id }) => id === 'lifecycle.deploy')?.status).toBe('waiting');
  });
});

describe('a changed alert', () => {
  const before = { budget: 'Budget-1', topic: 'Alerts', subscribers: ['a@example.com'] };
  const after = { ...before, budget: 'Budget-2' };

  test('makes a new budget, and the one before goes', () => {
    expect(notReplaced(before, after, ['shop', 'Budget-2'])).toEqual([]);
  });

  test.each([
    ['leaves the budget as it was', before, ['Budget-1'], ['the budget is the same one', 'the budget before is left']],
    ['leaves two', after, ['Budget-1', 'Budget-2'], ['the budget before is left']],
    ['leaves none', after, ['shop'], ['there is no budget']],
    ['takes the topic along', { ...after, topic: 'Alerts-2' }, ['Budget-2'], ['the topic was replaced']],
    ['loses somebody', { ...after, subscribers: [] }, ['Budget-2'], ['a@example.com is not subscribed any more']],
  ])('that %s is wrong', (_, now, inAccount, wrong) => {
    expect(notReplaced(before, now, inAccount)).toEqual(wrong);
  });
});

test('a deployment has to say that the tags of the budget are not active yet', () => {
  expect(unsaid('done')).toEqual(['it does not say that a budget counts $0 until its tags are active']);
  expect(unsaid(`done\n${INACTIVE_BUDGET_TAGS} (Project unknown).`)).toEqual([]);
});

describe('after destroy with the data', () => {
  const bucket = (name: string) => `arn:aws:s3:::usermetrics-dev-storage-${name}`;
  const kept = [bucket('sessionreplaybucket1'), bucket('logarchive1'), bucket('logarchive2')];
  const end = { stacks: [], parameters: [], inDatabase: [], tagged: kept };

  test('only what is kept on purpose is left', () => {
    expect(leftBehind(end)).toEqual([]);
  });

  test.each([
    [{ stacks: [{ name: 'UserMetrics-Cost', status: 'DELETE_FAILED' }] }, 'UserMetrics-Cost is DELETE_FAILED'],
    [{ parameters: ['/user-metrics/dev/tags'] }, '/user-metrics/dev/tags is left'],
    [{ inDatabase: ['schema umami'] }, 'schema umami is left'],
    [{ tagged: [...kept, 'arn:aws:sns:us-east-1:1:t'] }, 'arn:aws:sns:us-east-1:1:t is left'],
    [{ tagged: [...kept, bucket('sessionreplaybucket2')] }, 'the recordings of the second deployment are left'],
  ])('%j is too much', (more, message) => {
    expect(leftBehind({ ...end, ...more })).toEqual([message]);
  });
});

describe('a copy of the kept recordings', () => {
  const copied = { from: 'kept', to: 'new', refusedAfter: undefined, read: 'recording', expiryDays: 30 };

  test('is right when the kept bucket refused it before, OpenReplay reads it, and the rest expires', () => {
    expect(notCopied({ ...copied, refusedBefore: 'AccessDenied' })).toEqual([]);
  });

  test('is wrong in each other case', () => {
    const broken = { refusedBefore: undefined, refusedAfter: 'AccessDenied', read: undefined, expiryDays: undefined };
    expect(notCopied({ ...copied, ...broken })).toEqual([
      'before the change of the policy: allowed',
      'after the change of the policy: AccessDenied',
      "OpenReplay's task role does not read the copy",
      'the recordings in the kept bucket do not expire',
    ]);
  });
});
