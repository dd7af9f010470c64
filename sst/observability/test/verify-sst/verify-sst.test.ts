import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applicationTags } from '../../application-tags';
import { accountWith, DENIED, differences, inputsOf, type Run } from './recording';
import { SstApplication } from './sst-application';

// The real SST CLI, its bundler, its components and its function builds, on an engine that records instead of deploying.

const POLICY = 'arn:aws:iam::111122223333:policy/Telemetry';
const GROUP = 'sg-foundation';
const ABSENT = accountWith({});
const PRESENT = accountWith({
  tags: '{"Project":"UserMetrics"}',
  'network/vpc-id': 'vpc-1',
  'network/application-functions-security-group-id': GROUP,
  'access/lambda-telemetry-policy-arn': POLICY,
  'storage/replay-bucket-name': 'replays',
});

const CHOSEN = {
  Checkout: { policy: true, group: true },
  'ApiRoute\\w+Handler': { policy: true, group: 'GET only' },
  'OrdersSubscriber\\w+Function': { policy: true, group: true },
  SharedChosen: { policy: true, group: true },
  Outside: { policy: true, group: false },
  OtherVpc: { policy: true, group: false },
  FullGroups: { policy: true, group: false },
  OwnRole: { policy: false, group: true },
} as const;
const chosen = (condition: (choice: (typeof CHOSEN)[keyof typeof CHOSEN]) => boolean) =>
  Object.entries(CHOSEN)
    .flatMap(([name, choice]) => (condition(choice) ? [name] : []))
    .join('|');

describe.each(['3.19.3', '4.17.1'])('SST %s', (release) => {
  let application: SstApplication;
  let without: Run;

  beforeAll(async () => {
    application = await SstApplication.install(release);
    without = await application.deploy('without', ABSENT);
  });
  afterAll(() => application?.remove());

  test('deploys the application without us: the functions, their roles and their code are there', () => {
    expect(without.succeeded).toBe(true);
    expect(without.resources.length).toBeGreaterThan(140);
    expect(without.resources.filter(({ type }) => type === 'aws:lambda/function:Function').length).toBeGreaterThan(11);
    expect(without.defaultTags).toEqual({ 'sst:app': 'shop', 'sst:stage': 'dev' });
  });

  test('makes names and code that are the same in every run', async () => {
    expect(differences(without, await application.deploy('without', ABSENT))).toEqual([]);
  });

  describe.each(['copy', 'package'] as const)('with the %s', (way) => {
    test('has types that fit', async () => {
      await application.typecheck(way);
    });

    test('changes no input while the foundation is absent, and hands the tags to the engine', async () => {
      const absent = await application.deploy(way, ABSENT);
      expect(absent.succeeded).toBe(true);
      expect(differences(without, absent)).toEqual([]);
      expect(absent.defaultTags).toEqual({ ...without.defaultTags, ...applicationTags('dev') });
      expect(absent.messages).toBe('');
    });

    describe('while the foundation is present', () => {
      let present: Run;
      beforeAll(async () => {
        present = await application.deploy(way, PRESENT);
      });

      test('changes nothing but what was chosen', () => {
        const policies = new RegExp(`^aws:iam/role:Role (${chosen(({ policy }) => policy)})Role managedPolicyArns$`);
        const groups = new RegExp(
          `^aws:lambda/function:Function (${chosen(({ group }) => group !== false)})Function vpcConfig$`,
        );
        // Links are part of the code.
        const code = new RegExp(
          `^aws:(lambda/function:Function|s3/bucketObjectv2:BucketObjectv2) (${chosen(() => true)})(Function s3Key|(Code|Sourcemap0) key)$`,
        );
        const found = differences(without, present);
        const count = (pattern: RegExp) => found.filter((difference) => pattern.test(difference)).length;
        expect(present.succeeded).toBe(true);
        expect([count(policies), count(groups), count(code)]).toEqual([8, 5, 27]);
        const others = found.filter(
          (difference) => ![policies, groups, code].some((pattern) => pattern.test(difference)),
        );
        expect(others).toEqual(['sst:sst:Linkable UserMetrics', 'sst:sst:LinkRef UserMetricsLinkRef']);
      });

      test('adds to what is there', () => {
        expect(inputsOf(present, 'CheckoutRole')['managedPolicyArns']).toEqual([
          'arn:aws:iam::aws:policy/AmazonSSMReadOnlyAccess',
          POLICY,
          'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
          'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole',
        ]);
        expect(inputsOf(present, 'CheckoutFunction')['vpcConfig']).toMatchObject({
          securityGroupIds: ['VpcSecurityGroup-id', GROUP],
        });
        expect(inputsOf(present, 'SharedChosenFunction')).toMatchObject({
          description: 'Shared',
          vpcConfig: { securityGroupIds: ['VpcSecurityGroup-id', GROUP] },
        });
      });

      test('links the values', () => {
        expect(inputsOf(present, 'UserMetricsLinkRef')['properties']).toMatchObject({
          stage: 'dev',
          metricNamespace: 'UserMetrics/shop',
          storageReplayBucketName: 'replays',
        });
      });

      test('says what it could not do', () => {
        expect(present.messages).toContain(
          `OwnRole brings its own IAM role: attach the managed policy ${POLICY} to it.`,
        );
        expect(present.messages).toContain('OtherVpc does not join the security group sg-foundation: it is in vpc-2');
        expect(present.messages).toContain('FullGroups does not join the security group sg-foundation: it has 5');
        expect(present.messages).toContain('`instrument` names Misspelt, but no function of that name');
        expect(present.messages.trim().split('\n')).toHaveLength(4);
      });
    });

    test('fails in one sentence that names the right when access is denied', async () => {
      const denied = await application.deploy(way, DENIED);
      expect(denied.succeeded).toBe(false);
      expect(denied.messages).toBe(
        "Could not read the foundation's values under /user-metrics/dev: access is denied. " +
          'Allow ssm:GetParametersByPath to the IAM role or user that deploys the application.\n',
      );
    });
  });

  test("fails when the application carries the foundation's Project", async () => {
    const account = accountWith({ tags: '{"Project":"Application"}' });
    const refused = await application.deploy('copy', account);
    expect(refused.succeeded).toBe(false);
    expect(refused.messages).toContain("must not be the foundation's, got: Application.");
  });
});
