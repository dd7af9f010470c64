import { type AwsEndpoint, environmentFor, json, startEndpoint, xml } from '@user-metrics/aws-endpoint';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { accessLost } from '../../src/account/access-lost';
import { clientsFor } from '../../src/account/clients';
import { missingRight, readOrMissing } from '../../src/account/missing-right';
import { recordCalls } from '../../src/account/recorded-calls';
import { EXIT } from '../../src/command-error';

let aws: AwsEndpoint;
beforeEach(async () => {
  aws = await startEndpoint(({ action }) => (action.startsWith('Describe') ? xml(action, '') : json({})));
  for (const [name, value] of Object.entries(environmentFor(aws))) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.unstubAllEnvs();
  return aws.close();
});

const clients = () => clientsFor({ region: 'us-east-1', maxAttempts: 1 });
const errorOf = async (call: Promise<unknown>): Promise<Error> =>
  call.then(
    () => new Error('no error'),
    (error) => error,
  );

describe('a call that IAM denies', () => {
  test.each([
    [
      'the message names the action',
      'AccessDeniedException',
      'User: u is not authorized to perform: ssm:GetParameters on r',
      'ssm:GetParameters',
    ],
    ['the message names none', 'AccessDenied', 'Access Denied', 'ssm:GetParameter'],
  ])('names the action: %s', async (_, code, message, action) => {
    const recorded = clients();
    recordCalls(recorded);
    aws.refusals.push({ code, message });
    expect(await readOrMissing(() => recorded.ssm.getParameter({ Name: 'x' }))).toEqual({ action });
  });

  test.each([
    ['ec2', (aws: ReturnType<typeof clients>) => aws.ec2.describeVpcs(), 'UnauthorizedOperation', 'ec2:DescribeVpcs'],
    [
      's3',
      (aws: ReturnType<typeof clients>) => aws.s3.getBucketEncryption({ Bucket: 'b' }),
      'AccessDenied',
      's3:GetEncryptionConfiguration',
    ],
    [
      'lambda',
      (aws: ReturnType<typeof clients>) => aws.lambda.invoke({ FunctionName: 'f' }),
      'AccessDeniedException',
      'lambda:InvokeFunction',
    ],
    [
      'budgets',
      (aws: ReturnType<typeof clients>) => aws.budgets.describeBudgets({ AccountId: '1' }),
      'AccessDeniedException',
      'budgets:ViewBudget',
    ],
    [
      'tagging',
      (aws: ReturnType<typeof clients>) => aws.tagging.getResources({}),
      'AccessDeniedException',
      'tag:GetResources',
    ],
  ] as const)('is of the IAM action of the call, which is recorded: %s', async (_, call, code, action) => {
    const recorded = clients();
    const calls = recordCalls(recorded);
    aws.refusals.push({ code, message: 'no', status: 403 });
    expect(missingRight(await errorOf(call(recorded)))).toBe(action);
    expect(calls()).toEqual([action]);
  });

  test('is no other error', async () => {
    aws.refusals.push({ code: 'ParameterNotFound', message: 'none' });
    await expect(readOrMissing(() => clients().ssm.getParameter({ Name: 'x' }))).rejects.toThrow('none');
  });
});

test.each([
  [
    'ExpiredTokenException',
    'The security token included in the request is expired',
    /the credentials expired while it ran/,
  ],
  [
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    /does not accept the credentials/,
  ],
  [
    'InvalidSignatureException',
    'Signature expired: 20260101T000000Z is now earlier than 20260101T010000Z',
    /the clock of this machine \(.*\) differs/,
  ],
  ['ParameterNotFound', 'none', undefined],
])('access ends by %s', async (code, message, says) => {
  aws.refusals.push({ code, message });
  const lost = accessLost('verify', await errorOf(clients().ssm.getParameter({ Name: 'x' })));
  if (says === undefined) expect(lost).toBeUndefined();
  else expect(lost).toMatchObject({ exitCode: EXIT.account, message: expect.stringMatching(says) });
});
