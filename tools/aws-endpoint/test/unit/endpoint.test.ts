import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  type AwsEndpoint,
  content,
  environmentFor,
  json,
  s3Error,
  startEndpoint,
  xml,
} from '@user-metrics/aws-endpoint';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

// What is answered is read by the clients of AWS themselves.

const objects = new Map<string, string>();
let endpoint: AwsEndpoint;
beforeEach(async () => {
  endpoint = await startEndpoint(({ action, parameters, content: given }) => {
    const [, method, path = ''] = /^(PUT|GET) (.*)$/.exec(action) ?? [];
    if (method === 'PUT') objects.set(path, given);
    if (method === 'PUT') return content();
    if (method === 'GET') return objects.has(path) ? content(objects.get(path)) : s3Error('NoSuchKey', 'none', 404);
    if (action === 'Publish') return xml(action, `<MessageId>${parameters['Message']}</MessageId>`);
    if (action === 'DescribeBudget') return json({ Budget: { BudgetName: parameters['BudgetName'] } });
    throw new Error('not known');
  });
  for (const [name, value] of Object.entries(environmentFor(endpoint))) vi.stubEnv(name, value);
});
afterEach(async () => {
  objects.clear();
  vi.unstubAllEnvs();
  await endpoint.close();
});

const describeBudget = async () => {
  const budget = { AccountId: '111122223333', BudgetName: 'Budget' };
  return (await new BudgetsClient({}).send(new DescribeBudgetCommand(budget))).Budget?.BudgetName;
};
const publish = async () =>
  (await new SNSClient({}).send(new PublishCommand({ TopicArn: 'arn:t', Message: 'm-1' }))).MessageId;
const s3 = () => new S3Client({ forcePathStyle: true });

describe('answers', () => {
  test('a service with a JSON protocol', async () => {
    expect(await describeBudget()).toBe('Budget');
  });

  test('a service with the query protocol', async () => {
    expect(await publish()).toBe('m-1');
  });

  test('S3, which keeps what it is given', async () => {
    const place = { Bucket: 'archive', Key: 'notes/a b.json' };
    await s3().send(new PutObjectCommand({ ...place, Body: '{"day":1}' }));
    expect([...objects]).toEqual([['/archive/notes/a b.json', '{"day":1}']]);
    const { Body } = await s3().send(new GetObjectCommand(place));
    expect(await Body?.transformToString()).toBe('{"day":1}');
    await expect(s3().send(new GetObjectCommand({ ...place, Key: 'other' }))).rejects.toThrow(NoSuchKey);
  });

  test('in the order of asking', async () => {
    await publish();
    await describeBudget();
    expect(endpoint.asked.map(({ action }) => action)).toEqual(['Publish', 'DescribeBudget']);
  });
});

describe('refuses once, in the words of the service', () => {
  test.each([
    ['JSON', 'DescribeBudget', describeBudget],
    ['query', 'Publish', publish],
    ['S3', 'PUT /archive', () => s3().send(new PutObjectCommand({ Bucket: 'archive', Key: 'k', Body: 'b' }))],
  ])('%s', async (_, action, ask) => {
    endpoint.refusals.push({ action, code: 'AccessDenied' });
    await expect(ask()).rejects.toMatchObject({ name: 'AccessDenied', message: 'AccessDenied of the test' });
    await ask();
    expect(endpoint.refusals).toEqual([]);
  });

  test('with a status that makes the client try again', async () => {
    endpoint.refusals.push({ code: 'InternalError', status: 500 });
    expect(await publish()).toBe('m-1');
    expect(endpoint.asked).toHaveLength(2);
  });

  test('not what starts otherwise', async () => {
    endpoint.refusals.push({ action: 'Subscribe', code: 'AccessDenied' });
    await publish();
    expect(endpoint.refusals).toHaveLength(1);
  });
});

test('says what it does not know', async () => {
  const unknown = new SNSClient({}).send(new DeleteTopicCommand({ TopicArn: 'arn:t' }));
  await expect(unknown).rejects.toThrow('DeleteTopic: not known');
});

test('is gone when it is closed', async () => {
  const { url, close } = await startEndpoint(() => content());
  await close();
  await expect(fetch(url)).rejects.toThrow();
});
