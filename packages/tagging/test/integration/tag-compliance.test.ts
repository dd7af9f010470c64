import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environmentFor, jsonError, xmlError } from '@user-metrics/aws-endpoint';
import { describe, expect, test } from 'vitest';
import { unreachable } from '../../runtime/live/unreachable';
import { type FakeAccount, type FakeResource, runCommand, startAccount } from './account';

const BIN = join(__dirname, '..', '..', 'bin', 'tag-compliance.js');

const tags = { Project: 'UserMetrics', Environment: 'dev', ManagedBy: 'CDK', CostCenter: 'C', Owner: 'platform' };

function resource(logicalId: string, type: string, own: Partial<FakeResource> = {}): FakeResource {
  return { logicalId, type, id: logicalId.toLowerCase(), tags, ...own };
}

const topic = resource('Topic', 'AWS::SNS::Topic', { arn: 'arn:aws:sns:us-east-1:111111111111:topic' });
const role = resource('Role', 'AWS::IAM::Role');
const key = resource('Key', 'AWS::KMS::Key');
const budget = resource('Budget', 'AWS::Budgets::Budget');
const policy = resource('Policy', 'AWS::IAM::Policy');

const compliant: FakeAccount = {
  stacks: { 'UserMetrics-dev-Access': [topic, role, key, budget, policy], 'UserMetrics-Cost': [topic], Other: [] },
};

const report = ({ stdout }: { stdout: string }) => JSON.parse(stdout);
const actions = ({ asked }: { asked: { action: string }[] }) => asked.map(({ action }) => action);

test('exit 0 when all comply: from the tagging API, from IAM, Cloud Control and Budgets, page by page', async () => {
  const run = await runCommand(compliant, '--json');
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(report(run)).toEqual({
    findings: [],
    summary: {
      resources: 6,
      checked: 5,
      compliant: 5,
      unread: 0,
      untaggable: { 'AWS::IAM::Policy': { count: 1, reason: 'its CloudFormation type has no property for tags' } },
    },
    costAllocationTags: {
      unknown:
        'account 111111111111 has no parameter /user-metrics/account/cost-allocation-tags in us-east-1. If CostAllocationTags is deployed in another Region, give --region',
    },
  });
  expect(actions(run)).toEqual(expect.arrayContaining(['GetResources', 'ListRoleTags', 'GetResource']));
  expect(actions(run).filter((action) => action === 'GetResource')).toHaveLength(1);
});

test('as a process, it writes the document alone', async () => {
  const endpoint = await startAccount(compliant);
  const env = { PATH: process.env['PATH'], ...environmentFor(endpoint) };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [BIN, '--json'], { env });
  await endpoint.close();
  expect([report({ stdout }).summary.compliant, stderr]).toEqual([5, '']);
});

test('an Elastic IP address, which CloudFormation names by the address, is found by its allocation', async () => {
  const arn = 'arn:aws:ec2:us-east-1:111111111111:elastic-ip/eipalloc-1';
  const address = resource('Address', 'AWS::EC2::EIP', { id: '203.0.113.7', arn });
  const run = await runCommand({ stacks: { 'UserMetrics-dev-Network': [address] } }, '--json');
  expect(report(run)).toMatchObject({ findings: [], summary: { checked: 1, compliant: 1, unread: 0 } });
  expect(actions(run)).not.toContain('GetResource');
});

test('exit 1 with the offenders, what is wrong, and a command that shows each', async () => {
  const { Owner: _, ...withoutOwner } = tags;
  const run = await runCommand(
    {
      stacks: {
        'UserMetrics-dev-Access': [
          { ...topic, tags: { ...tags, Environment: 'live' } },
          { ...role, tags: withoutOwner },
          resource('Bucket', 'AWS::S3::Bucket', { arn: 'arn:aws:s3:::bucket' }),
        ],
      },
    },
    '--json',
  );
  expect(run.code).toBe(1);
  expect(report(run).findings).toEqual([
    {
      state: 'offender',
      id: 'topic',
      type: 'AWS::SNS::Topic',
      stack: 'UserMetrics-dev-Access',
      logicalId: 'Topic',
      problems: ['Environment has a value outside the vocabulary, got: live. Allowed: dev, staging, prod.'],
      command: "aws cloudcontrol get-resource --region us-east-1 --type-name AWS::SNS::Topic --identifier 'topic'",
    },
    expect.objectContaining({
      problems: ['Owner is missing.'],
      command: "aws iam list-role-tags --role-name 'role'",
    }),
    expect.objectContaining({
      problems: ['DataType is missing. Allowed: Metrics, Logs, Sessions, Analytics.'],
    }),
  ]);
});

test('prints the same as a table, with the share and what was not checked', async () => {
  const { code, stdout } = await runCommand({
    stacks: { 'UserMetrics-dev-Access': [topic, policy, { ...role, tags: {} }] },
  });
  expect(code).toBe(1);
  expect(stdout).toContain('UserMetrics-dev-Access/Role');
  expect(stdout).toContain('Project is missing.');
  expect(stdout).toContain('3 resources: 2 taggable ones checked, 1 comply (50.0 %).');
  expect(stdout).toContain('not checked: 1 × AWS::IAM::Policy: its CloudFormation type has no property for tags');
});

test('what could not be read counts as neither, and the exit code is 1', async () => {
  const errors = { GetResource: [jsonError('AccessDeniedException', 'not authorized to perform: kms:DescribeKey')] };
  const run = await runCommand({ ...compliant, errors }, '--json');
  expect(run.code).toBe(1);
  expect(report(run)).toMatchObject({
    findings: [
      { state: 'unread', id: 'key', reason: 'AccessDeniedException: not authorized to perform: kms:DescribeKey' },
    ],
    summary: { checked: 4, compliant: 4, unread: 1 },
  });
});

test('waits out throttling', async () => {
  const errors = {
    GetResources: [jsonError('ThrottledException'), jsonError('ThrottledException')],
    ListStackResources: [xmlError('Throttling', 'Rate exceeded')],
    ListRoleTags: [xmlError('Throttling', 'Rate exceeded')],
  };
  const run = await runCommand({ ...compliant, errors }, '--json');
  expect([run.code, report(run).summary.compliant]).toEqual([0, 5]);
});

describe('a resource that its stack left behind says nothing of the one in its place', () => {
  const stack = 'UserMetrics-dev-Storage';
  const sessions = { ...tags, DataType: 'Sessions' };
  const earlier = 'arn:aws:cloudformation:us-east-1:111111111111:stack/UserMetrics-dev-Storage/earlier';
  const bucket = (id: string, of: FakeResource['tags']) =>
    resource('Recordings', 'AWS::S3::Bucket', { id, tags: of, arn: `arn:aws:s3:::${id}` });

  test.each([
    ['an earlier stack of the name', { stackId: earlier }],
    ['the same stack, which replaced it', {}],
  ])('%s', async (_, left) => {
    const run = (now: FakeResource, before: FakeResource) =>
      runCommand({ stacks: { [stack]: [now] }, kept: [{ ...before, stack, ...left }] }, '--json');
    const hidden = await run({ ...bucket('new', {}), arn: undefined as never }, bucket('old', sessions));
    expect([hidden.code, report(hidden).findings]).toMatchObject([1, [{ state: 'offender', id: 'new' }]]);
    const listed = await run(bucket('new', { Project: 'UserMetrics' }), bucket('old', sessions));
    expect([listed.code, report(listed).findings]).toMatchObject([1, [{ state: 'offender', id: 'new' }]]);
    expect(await run(bucket('new', sessions), bucket('old', {}))).toMatchObject({ code: 0 });
    // A name that only ends like the other one.
    const alike = await run({ ...bucket('old', {}), arn: undefined as never }, bucket('very-old', sessions));
    expect([alike.code, report(alike).findings]).toMatchObject([1, [{ state: 'offender', id: 'old' }]]);
  });
});

test.each([
  ['AWS::SNS::Topic', 'arn:aws:sns:us-east-1:1:t', 'arn:aws:sns:us-east-1:1:t'],
  ['AWS::SQS::Queue', 'https://sqs.us-east-1.amazonaws.com/1/q', 'arn:aws:sqs:us-east-1:1:q'],
  ['AWS::SSM::Parameter', '/user-metrics/dev/tags', 'arn:aws:ssm:us-east-1:1:parameter/user-metrics/dev/tags'],
  ['AWS::EC2::Subnet', 'subnet-1', 'arn:aws:ec2:us-east-1:1:subnet/subnet-1'],
  ['AWS::Logs::LogGroup', '/aws/lambda/f', 'arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f'],
])('takes the tags of a %s from the tagging API by its physical id', async (type, id, arn) => {
  const stacks = { 'UserMetrics-a': [resource('One', type, { id, arn, tags: { ...tags, DataType: 'Logs' } })] };
  const run = await runCommand({ stacks }, '--json');
  expect([run.code, actions(run)]).toEqual([0, expect.not.arrayContaining(['GetResource'])]);
});

test('--account checks everything tagged Project, IAM roles included, and nothing else', async () => {
  const stacks = {
    Any: [topic, { ...role, tags: { Project: 'Shop' } }, resource('Foreign', 'AWS::IAM::Role', { tags: {} })],
  };
  const run = await runCommand({ stacks }, '--account', '--json');
  expect(run.code).toBe(1);
  expect(report(run)).toMatchObject({
    findings: [{ id: 'role', type: 'AWS::IAM::Role' }],
    summary: { resources: 2, compliant: 1 },
  });
  const one = await runCommand({ stacks }, '--account', '--project', 'UserMetrics', '--json');
  expect([one.code, report(one).summary.resources]).toEqual([0, 1]);
});

test('--allow takes values beyond the schema', async () => {
  const stacks = { 'UserMetrics-a': [{ ...topic, tags: { ...tags, Component: 'Kafka' } }] };
  expect((await runCommand({ stacks })).code).toBe(1);
  expect((await runCommand({ stacks }, '--allow', 'Component=Kafka,Redis')).code).toBe(0);
});

test('exit 2 when there is nothing to check: that is no pass', async () => {
  const { code, stderr } = await runCommand(compliant, 'Nothing*');
  expect(code).toBe(2);
  expect(stderr).toContain('is in a stack Nothing*: nothing was checked.');
});

test.each([
  [['--jsn'], /Did you mean --json/],
  [['--allow', 'Kafka'], /It must be like Component=Kafka,Redis/],
  [['Foo-*', '--account'], /names of stacks must be left out with --account, got: Foo-\*\./],
  [['--project', 'UserMetrics'], /--project must stand with --account/],
  [['Foo-*', '--project', 'UserMetrics'], /--project must stand with --account/],
])('exit 2 for the arguments %j', async (args, message) => {
  const { code, stderr } = await runCommand(compliant, ...args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
});

/** Runs it as a user would, in a process of its own, without anything that the environment of this one has. */
function without(env: NodeJS.ProcessEnv, ...args: string[]) {
  const alone = { PATH: process.env['PATH'], HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...env };
  return spawnSync(process.execPath, [BIN, ...args], { env: alone, encoding: 'utf8' });
}

test.each([
  ['without a Region', [], 'tag-compliance cannot read the account: there is no Region.'],
  ['with what cannot be a Region', ['--region', 'us east'], 'region="us east"'],
])('exit 2 %s, with what gives one', (_, args, message) => {
  const { status, stderr } = without({}, ...args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(stderr).toContain('Give --region us-east-1, or set AWS_REGION');
});

test('exit 3 without credentials, with what gives some', () => {
  const { status, stderr } = without({}, '--region', 'eu-west-3');
  expect([status, stderr]).toEqual([3, expect.stringContaining('. Sign in to AWS, or set AWS_PROFILE\n')]);
});

test('exit 3 without an answer: says which host of which Region', () => {
  const { status, stderr } = without(environmentFor({ url: 'http://127.0.0.1:1' }), '--region', 'eu-west-3');
  expect([status, stderr]).toEqual([
    3,
    expect.stringContaining('cannot read the account: 127.0.0.1:1 in Region eu-west-3 does not answer (connect ECONN'),
  ]);
  expect(stderr).toContain(
    'Check that the Region is right (--region, AWS_REGION or the profile), the network, and a proxy',
  );
});

test('a Region that does not exist has no host', () => {
  const error = Object.assign(new Error('getaddrinfo ENOTFOUND sts.eu-wets-3.amazonaws.com'), {
    code: 'ENOTFOUND',
    hostname: 'sts.eu-wets-3.amazonaws.com',
  });
  expect(unreachable(error, 'eu-wets-3')).toMatch(
    /^sts\.eu-wets-3\.amazonaws\.com in Region eu-wets-3 does not answer/,
  );
  expect(unreachable(new Error('Access denied'), 'eu-west-3')).toBeUndefined();
});

test('exit 3 without access to the account', async () => {
  const errors = { GetCallerIdentity: [xmlError('InvalidClientTokenId', 'The security token is invalid')] };
  const { code, stderr } = await runCommand({ ...compliant, errors });
  expect([code, stderr]).toEqual([3, 'tag-compliance cannot read the account: The security token is invalid\n']);
});

describe('exit 3 when the account cannot be read to its end', () => {
  const offenders = ['A', 'B', 'C', 'D', 'E'].map((id) => [`UserMetrics-${id}`, [{ ...topic, tags: {} }]]);
  const broken = (): FakeAccount => ({
    stacks: Object.fromEntries(offenders),
    // Four stacks are read at a time, and each is one page: the fifth fails.
    errors: { ListStackResources: [...Array(4).fill(undefined), xmlError('AccessDenied', 'not authorized')] },
  });

  test('--json is a document all the same, with what was found and why that is not all', async () => {
    const run = await runCommand(broken(), '--json');
    expect(run.code).toBe(3);
    expect(report(run)).toEqual({ findings: Array(4).fill(expect.anything()), error: 'not authorized' });
    expect(run.stderr).toBe('tag-compliance cannot read the account: not authorized\n');
  });

  test('before anything is found, too', async () => {
    const errors = { ListStacks: [xmlError('AccessDenied', 'not authorized')] };
    const run = await runCommand({ ...compliant, errors }, '--json');
    expect([run.code, report(run)]).toEqual([3, { findings: [], error: 'not authorized' }]);
  });

  test('the table shows what was found, and no numbers', async () => {
    const { code, stdout } = await runCommand(broken());
    expect(code).toBe(3);
    expect(stdout).toContain('UserMetrics-A/Topic');
    expect(stdout).toMatch(/Not all was read: there are no numbers\.\n$/);
  });
});
