import { json, jsonError } from '@user-metrics/aws-endpoint';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { TAG_KEYS } from '../../src';
import { type Billing, run } from './billing';

afterEach(() => void vi.restoreAllMocks());

const throttled = jsonError('LimitExceededException', 'You made too many calls in a short period of time.');

const MEMBER = "Linked account doesn't have access to cost allocation tags.";

const actions = ({ asked }: { asked: readonly { action: string }[] }) => asked.map(({ action }) => action);

test('says of each key what AWS says of it, and calls active only what AWS lists as active', async () => {
  const keys = { Project: 'Active', Owner: 'Active', Environment: 'Inactive', Forbidden: 'Inactive' } as const;
  const { published, returned, metric } = await run({ keys }, [...Object.keys(keys), 'Component']);
  expect(published).toEqual({
    checkedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    keys: {
      Project: 'active',
      Owner: 'active',
      Environment: 'requested',
      Forbidden: 'refused',
      Component: 'not-yet-seen',
    },
    messages: ['Forbidden: LimitExceeded Too many active keys', 'Component: TagKeysNotFound Tag keys not found'],
  });
  expect(returned).toEqual(published);
  // A dashboard reads the same of the log line.
  expect(metric).toMatchObject({
    ...published,
    InactiveCostAllocationTags: 3,
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'UserMetrics/Cost', Dimensions: [[]], Metrics: [{ Name: 'InactiveCostAllocationTags' }] },
      ],
    },
  });
});

test('counts the keys alone that it is told to', async () => {
  const { published, metric } = await run({ keys: { Project: 'Active' } }, ['Project', 'Owner'], ['Project']);
  expect(published?.keys).toEqual({ Project: 'active', Owner: 'not-yet-seen' });
  expect(metric).toMatchObject({ InactiveCostAllocationTags: 0 });
});

test('asks again the next day, and says active once AWS lists it so', async () => {
  const billing: Billing = { keys: {} };
  expect((await run(billing, ['Project'])).published?.keys).toEqual({ Project: 'not-yet-seen' });
  billing.keys['Project'] = 'Inactive';
  expect((await run(billing, ['Project'])).published?.keys).toEqual({ Project: 'requested' });
  billing.keys['Project'] = 'Active';
  const { published, metric } = await run(billing, ['Project']);
  expect(published?.keys).toEqual({ Project: 'active' });
  expect(metric).toMatchObject({ InactiveCostAllocationTags: 0 });
});

test('leaves AWS alone for a week when all keys are active, and then looks whether they still are', async () => {
  const billing: Billing = { keys: { Project: 'Active' } };
  await run(billing, ['Project']);
  const settled = await run(billing, ['Project']);
  expect(actions(settled)).toEqual(['GetParameter']);
  expect(settled.metric).toMatchObject({ InactiveCostAllocationTags: 0 });
  expect((await run(billing, ['Project', 'Owner'])).published?.keys).toEqual({
    Project: 'active',
    Owner: 'not-yet-seen',
  });

  billing.keys['Project'] = 'Inactive';
  const weekAgo = new Date(Date.now() - 8 * 86_400_000).toISOString();
  billing.value = JSON.stringify({ checkedAt: weekAgo, keys: { Project: 'active' } });
  expect((await run(billing, ['Project'])).published?.keys).toEqual({ Project: 'requested' });
});

test('does not fail in a member account, and says that it has no access', async () => {
  const errors = { ListCostAllocationTags: [jsonError('AccessDeniedException', MEMBER)] };
  const { returned, published, metric } = await run({ keys: {}, errors }, TAG_KEYS);
  expect(new Set(Object.values(published?.keys ?? {}))).toEqual(new Set(['no-access']));
  expect(published?.messages).toEqual([MEMBER]);
  expect(returned).toEqual(published);
  expect(metric).toMatchObject({ InactiveCostAllocationTags: 8 });
});

describe('in a member account whose payer has activated the keys', () => {
  const denied = () => ({ ListCostAllocationTags: [jsonError('AccessDeniedException', MEMBER)] });

  test('calls active what costs have values of, and says no more of the refusal once all are', async () => {
    const costs = { Project: ['', 'UserMetrics'], Owner: ['platform'], Other: ['x'] };
    const { published, metric, asked } = await run({ keys: {}, costs, errors: denied() }, ['Project', 'Owner']);
    expect(published).toEqual({ checkedAt: expect.any(String), keys: { Project: 'active', Owner: 'active' } });
    expect(metric).toMatchObject({ InactiveCostAllocationTags: 0 });
    const questions = asked.filter(({ action }) => action === 'GetTags').map(({ parameters }) => parameters);
    expect(questions.map(({ TagKey }) => TagKey)).toEqual([undefined, 'Project', 'Owner']);
  });

  test('does not take costs without the tag, or no costs, for an active key', async () => {
    const costs = { Project: ['UserMetrics'], Owner: [''] };
    const { published } = await run({ keys: {}, costs, errors: denied() }, ['Project', 'Owner', 'Component']);
    expect(published?.keys).toEqual({ Project: 'active', Owner: 'no-access', Component: 'no-access' });
    expect(published?.messages).toEqual([MEMBER]);
  });

  test.each(['AccessDeniedException', 'DataUnavailableException'])(
    'does not fail when costs answer %s',
    async (code) => {
      const errors = { ...denied(), GetTags: [jsonError(code, 'no')] };
      const { published, thrown } = await run({ keys: {}, costs: { Project: ['x'] }, errors }, ['Project']);
      expect([published?.keys, thrown]).toEqual([{ Project: 'no-access' }, undefined]);
    },
  );
});

test('keeps calling active what is, where the right to list is there and the one to activate is not', async () => {
  const denied = 'User: arn:aws:sts::1:assumed-role/F is not authorized to perform: ce:UpdateCostAllocationTagsStatus';
  const errors = { UpdateCostAllocationTagsStatus: [jsonError('AccessDeniedException', denied)] };
  const { published, metric } = await run({ keys: { Project: 'Active', Owner: 'Inactive' }, errors }, [
    'Project',
    'Owner',
    'Component',
  ]);
  expect(published?.keys).toEqual({ Project: 'active', Owner: 'no-access', Component: 'no-access' });
  expect(published?.messages).toEqual([denied]);
  expect(metric).toMatchObject({ InactiveCostAllocationTags: 2 });
});

test('stops asking when the right is taken away between two calls', async () => {
  const keys = Array.from({ length: 25 }, (_, index) => `Key${index}`);
  const known = Object.fromEntries(keys.map((key) => [key, 'Inactive' as const]));
  const errors = { UpdateCostAllocationTagsStatus: [json({ Errors: [] }), jsonError('AccessDeniedException', 'No.')] };
  const { published } = await run({ keys: known, errors }, keys);
  expect(keys.map((key) => published?.keys[key])).toEqual([
    ...Array(20).fill('requested'),
    ...Array(5).fill('no-access'),
  ]);
});

test('waits out throttling', async () => {
  // The SDK waits for a random time.
  vi.spyOn(Math, 'random').mockReturnValue(0.001);
  const errors = { ListCostAllocationTags: [throttled, throttled], UpdateCostAllocationTagsStatus: [throttled] };
  const { published, asked } = await run({ keys: { Project: 'Inactive' }, errors }, ['Project']);
  expect(published?.keys).toEqual({ Project: 'requested' });
  expect(actions({ asked }).filter((action) => action === 'ListCostAllocationTags')).toHaveLength(3);
});

test('takes back what it said before when AWS cannot be asked any more, and fails for Lambda to try again', async () => {
  const before = { checkedAt: '2020-01-01T00:00:00.000Z', keys: { Project: 'active' } };
  const errors = { ListCostAllocationTags: [jsonError('DataUnavailableException', 'No data')] };
  const { published, thrown, metric } = await run({ keys: {}, value: JSON.stringify(before), errors }, ['Project']);
  expect(published).toEqual({ keys: { Project: 'unknown' }, messages: ['No data'] });
  expect(thrown).toBe('No data');
  expect(metric).toMatchObject({ InactiveCostAllocationTags: 1 });
});

test('asks for at most 20 keys a call', async () => {
  const keys = Array.from({ length: 25 }, (_, index) => `Key${index}`);
  const known = Object.fromEntries(keys.map((key) => [key, 'Inactive' as const]));
  const billing: Billing = { keys: known };
  const { asked, published } = await run(billing, keys);
  const calls = asked.filter(({ action }) => action === 'UpdateCostAllocationTagsStatus');
  expect(calls.map(({ parameters }) => (parameters['CostAllocationTagsStatus'] as object[]).length)).toEqual([20, 5]);
  expect(new Set(Object.values(published?.keys ?? {}))).toEqual(new Set(['requested']));
});

test('keeps the value of the parameter within what Systems Manager takes', async () => {
  const errors = { ListCostAllocationTags: [jsonError('AccessDeniedException', 'x'.repeat(5000))] };
  const billing: Billing = { keys: {}, value: 'not JSON', errors };
  await run(billing, TAG_KEYS);
  expect(billing.value?.length).toBeLessThan(4096);
  expect(billing.value).toContain('no-access');
});
