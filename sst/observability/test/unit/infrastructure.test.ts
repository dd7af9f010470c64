import { METRIC_NAMESPACE_PREFIX as ALLOWED_PREFIX } from '@user-metrics/access';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CONTRACT, METRIC_NAMESPACE_PREFIX, parameterName } from '../../contract';
import { Foundation, FoundationError } from '../../infrastructure';
import { FakeSst } from './sst';

// What is done when the program ends is not to be done when the tests end.
beforeEach(() => void vi.spyOn(process, 'once').mockReturnValue(process));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const POLICY = 'arn:aws:iam::111122223333:policy/Telemetry';
const VPC = { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-own'] };
const PUBLISHED = {
  tags: '{"Project":"UserMetrics"}',
  'network/vpc-id': 'vpc-1',
  'network/application-functions-security-group-id': 'sg-foundation',
  'access/lambda-telemetry-policy-arn': POLICY,
};

function account(published: { [name: string]: string } = PUBLISHED, defaultTags?: { [key: string]: string }): FakeSst {
  const names = Object.keys(published).map((name) => `/user-metrics/dev/${name}`);
  const sst = new FakeSst(async () => ({ names, values: Object.values(published) }), defaultTags);
  sst.subnets.set('subnet-1', Promise.resolve({ vpcId: 'vpc-1' }));
  sst.subnets.set('subnet-elsewhere', Promise.resolve({ vpcId: 'vpc-2' }));
  return sst;
}

const instrumented = async (...functions: (string | RegExp)[]) => (await Foundation.lookUp()).instrument(functions);

describe('while the foundation is absent', () => {
  test('nothing is added and nothing is said', async () => {
    const sst = account({});
    const foundation = await instrumented('Checkout');
    const args = { vpc: VPC };
    expect(foundation.isDeployed).toBe(false);
    expect(await sst.makeFunction('Checkout', args)).toEqual({ vpcConfig: VPC });
    expect(Object.keys(args)).toEqual(['vpc']);
    expect([sst.links, sst.warnings]).toEqual([[], []]);
  });
});

describe('a chosen function', () => {
  test('gets policy, link and group, beside what it has', async () => {
    const sst = account();
    await instrumented('Checkout');
    const made = await sst.makeFunction('Checkout', { policies: ['own'], link: ['bucket'], vpc: VPC });
    expect(made.policies).toEqual(['own', POLICY]);
    expect(made.link).toEqual(['bucket', expect.anything()]);
    expect(made.vpcConfig).toEqual({ ...VPC, securityGroupIds: ['sg-own', 'sg-foundation'] });
    expect(sst.warnings).toEqual([]);
  });

  test('gets each once, however many choices name it', async () => {
    const sst = account();
    (await instrumented('Checkout', /^Check/)).instrument(['Checkout']);
    const made = await sst.makeFunction('Checkout', { vpc: VPC });
    expect(made.policies).toEqual([POLICY]);
    expect(made.link).toHaveLength(1);
    expect(made.vpcConfig).toEqual({ ...VPC, securityGroupIds: ['sg-own', 'sg-foundation'] });
    expect(sst.links).toHaveLength(1);
  });

  test('is not given again what it has', async () => {
    const sst = account();
    await instrumented('Checkout');
    const vpc = { ...VPC, securityGroupIds: ['sg-foundation'] };
    const made = await sst.makeFunction('Checkout', { policies: [POLICY], vpc });
    expect(made).toMatchObject({ policies: [POLICY], vpcConfig: vpc });
  });

  test('is found by a pattern, also by one that remembers where it stopped', async () => {
    const sst = account();
    await instrumented(/^Api/g);
    for (const name of ['ApiA', 'ApiB']) expect((await sst.makeFunction(name, {})).policies).toEqual([POLICY]);
    expect((await sst.makeFunction('Other', {})).policies).toBeUndefined();
  });

  test('shares nothing with one that uses the same arguments and was not chosen', async () => {
    const sst = account();
    await instrumented('Checkout');
    const shared = { policies: ['own'], vpc: VPC, transform: { function: { description: 'Shared' } } };
    const [checkout, other] = [await sst.makeFunction('Checkout', shared), await sst.makeFunction('Other', shared)];
    expect(checkout).toMatchObject({ policies: ['own', POLICY], description: 'Shared' });
    expect(other).toEqual({ policies: ['own'], vpcConfig: VPC, link: undefined, description: 'Shared' });
  });

  test('keeps the transform of its own, whether function or object', async () => {
    const sst = account();
    await instrumented(/./);
    const own = (fn: object) => void Object.assign(fn, { memorySize: 512 });
    expect(await sst.makeFunction('A', { transform: { function: own as () => undefined } })).toMatchObject({
      memorySize: 512,
    });
    expect(await sst.makeFunction('B', { transform: { function: { memorySize: 256 } } })).toMatchObject({
      memorySize: 256,
    });
  });

  test('does not join when it is told not to', async () => {
    const sst = account();
    (await Foundation.lookUp()).instrument(['Checkout'], { securityGroup: false });
    const made = await sst.makeFunction('Checkout', { vpc: VPC });
    expect(made).toMatchObject({ vpcConfig: VPC, policies: [POLICY] });
  });

  test.each([
    [
      'in another VPC',
      { subnetIds: ['subnet-elsewhere'], securityGroupIds: [] },
      /^Checkout does not join .* it is in vpc-2, the foundation in vpc-1\.$/,
    ],
    [
      'with five groups',
      { subnetIds: ['subnet-1'], securityGroupIds: ['1', '2', '3', '4', '5'] },
      /^Checkout does not join .* it has 5 security groups, and takes no more\.$/,
    ],
  ])('%s does not join the group, and that is said', async (_, vpc, message) => {
    const sst = account();
    await instrumented('Checkout');
    expect((await sst.makeFunction('Checkout', { vpc })).vpcConfig).toEqual(vpc);
    expect(sst.warnings).toEqual([expect.stringMatching(message)]);
  });

  test('that brings its own IAM role gets no policy, and that is said', async () => {
    const sst = account();
    await instrumented('Checkout');
    expect((await sst.makeFunction('Checkout', { role: 'arn' })).policies).toBeUndefined();
    expect(sst.warnings).toEqual([`Checkout brings its own IAM role: attach the managed policy ${POLICY} to it.`]);
  });
});

test('what is not published yet is said, and the rest is given', async () => {
  const { 'access/lambda-telemetry-policy-arn': _, ...network } = PUBLISHED;
  const sst = account(network);
  await instrumented('Checkout');
  const made = await sst.makeFunction('Checkout', { vpc: VPC });
  expect(made).toMatchObject({ vpcConfig: { securityGroupIds: ['sg-own', 'sg-foundation'] } });
  expect(made.policies).toBeUndefined();
  expect(sst.warnings).toEqual([
    'The foundation has not published /user-metrics/dev/access/lambda-telemetry-policy-arn (Managed policy to attach to ' +
      'functions of the application that send telemetry): functions go without it until it is deployed completely.',
  ]);
});

test('a choice that matches nothing is said when the program ends', async () => {
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const sst = account();
  await instrumented('Checkout', 'Misspelt');
  await sst.makeFunction('Checkout', {});
  const [event, atExit] = vi.mocked(process.once).mock.lastCall ?? [];
  expect(event).toBe('exit');
  atExit?.();
  expect(write.mock.calls).toEqual([
    ['Warning: `instrument` names Misspelt, but no function of that name was made after the call.\n'],
  ]);
});

test('the link has every published value, and a namespace that the policy allows', async () => {
  const every = Object.fromEntries(
    Object.keys(CONTRACT).map((name) => [name, name === 'tags' ? '{}' : `value of ${name}`]),
  );
  const sst = account(every);
  await instrumented('Checkout');
  expect(sst.links).toHaveLength(1);
  expect(sst.links[0]?.name).toBe('UserMetrics');
  expect(Object.keys(sst.links[0]?.properties ?? {})).toHaveLength(Object.keys(CONTRACT).length + 2);
  expect(sst.links[0]?.properties).toMatchObject({
    stage: 'dev',
    metricNamespace: 'UserMetrics/shop',
    networkVpcId: 'value of network/vpc-id',
    storageReplayBucketName: 'value of storage/replay-bucket-name',
  });
  expect(METRIC_NAMESPACE_PREFIX).toBe(ALLOWED_PREFIX);
});

test('values are those of the stage that is asked for', async () => {
  const paths: string[] = [];
  new FakeSst(async (...[query]: { path: string }[]) => {
    paths.push(query?.path ?? '');
    return { names: [parameterName('prod', 'network/vpc-id')], values: ['vpc-9'] };
  });
  const foundation = await Foundation.lookUp({ stage: 'prod' });
  expect([foundation.stage, foundation.value('network/vpc-id'), foundation.value('tags')]).toEqual([
    'prod',
    'vpc-9',
    undefined,
  ]);
  expect(paths).toEqual(['/user-metrics/prod']);
});

describe('fails in one sentence', () => {
  test.each([
    [
      'AccessDeniedException: User is not authorized\nto perform',
      "Could not read the foundation's values under /user-metrics/dev: access is denied. Allow ssm:GetParametersByPath to the IAM role or user that deploys the application.",
    ],
    [
      'invoking ssm: 1 error occurred:\n\t* reading: StatusCode: 400, api error ExpiredTokenException: The token is expired\n\n',
      "Could not read the foundation's values under /user-metrics/dev: ExpiredTokenException: The token is expired. Nothing was changed; deploy again.",
    ],
    [
      'the network\nis down',
      "Could not read the foundation's values under /user-metrics/dev: the network is down. Nothing was changed; deploy again.",
    ],
  ])('when the values cannot be read: %j', async (cause, message) => {
    new FakeSst(() => Promise.reject(new Error(cause)));
    await expect(Foundation.lookUp()).rejects.toMatchObject({ name: 'FoundationError', message, stack: message });
  });

  test("when the VPC of a function's subnet cannot be read", async () => {
    const sst = account();
    sst.subnets.set('subnet-1', Promise.reject(new Error('UnauthorizedOperation: You are not authorized')));
    await instrumented('Checkout');
    await expect(sst.makeFunction('Checkout', { vpc: VPC })).rejects.toThrow(
      new FoundationError(
        'Could not read the VPC of subnet-1: access is denied. Allow ec2:DescribeSubnets to the IAM role or user that deploys the application.',
      ),
    );
  });

  test("when the application's default tags carry the foundation's Project", async () => {
    account(PUBLISHED, { Project: 'UserMetrics' });
    await expect(Foundation.lookUp()).rejects.toThrow(
      /must not be the foundation's, got: UserMetrics\. Use `applicationTags`/,
    );
    account(PUBLISHED, { Project: 'Shop' });
    await expect(Foundation.lookUp()).resolves.toBeInstanceOf(Foundation);
  });

  test('when the published tags are no JSON', async () => {
    account({ tags: 'Project=UserMetrics' }, { Project: 'Shop' });
    await expect(Foundation.lookUp()).rejects.toThrow(
      '/user-metrics/dev/tags must be a JSON object, got: Project=UserMetrics.',
    );
  });

  test('when no function is chosen', async () => {
    account();
    await expect(instrumented()).rejects.toThrow('`functions` must name at least one function, got: none.');
  });
});
