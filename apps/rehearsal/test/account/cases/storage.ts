import type { BucketLifecycleConfiguration, LifecycleRule } from '@aws-sdk/client-s3';
import type { Account } from '../../../lib/src/account/account';
import { FRONTEND_BUCKET } from '../../../lib/src/account/neighbour/frontend';
import { published } from '../../../lib/src/account/published';
import type { Case, Restore } from './case';
import { allow, withMore } from './roles';

type Statement = Record<string, unknown>;

export const recordings = (account: Account) => published(account, 'storage/replay-bucket-name');

/** Changes the policy of a bucket, of that for recordings unless another is named. */
export async function withBucketPolicy(
  account: Account,
  change: (statements: Statement[]) => Statement[],
  bucket?: string,
): Promise<Restore> {
  const { s3 } = account.aws;
  const Bucket = bucket ?? (await recordings(account));
  const { Policy = '' } = await s3.getBucketPolicy({ Bucket });
  const { Statement, ...rest } = JSON.parse(Policy);
  await s3.putBucketPolicy({ Bucket, Policy: JSON.stringify({ ...rest, Statement: change(Statement) }) });
  return () => s3.putBucketPolicy({ Bucket, Policy });
}

/** Changes the rules that let recordings expire. */
export async function withRules(account: Account, change: (rule: LifecycleRule) => LifecycleRule): Promise<Restore> {
  const { s3 } = account.aws;
  const Bucket = await recordings(account);
  const { Rules = [] } = await s3.getBucketLifecycleConfiguration({ Bucket });
  const put = (rules: LifecycleRule[]) => {
    const LifecycleConfiguration: BucketLifecycleConfiguration = { Rules: rules };
    return s3.putBucketLifecycleConfiguration({ Bucket, LifecycleConfiguration });
  };
  await put(Rules.map(change));
  return () => put(Rules);
}

const exceptTheTaskRole = (change: (statement: Statement) => Statement) => (account: Account) =>
  withBucketPolicy(account, (statements) =>
    statements.map((one) => (one['Sid'] === 'RecordingsForTheTaskRoleOnly' ? change(one) : one)),
  );

/** The bucket for recordings. */
export const STORAGE: readonly Case[] = [
  {
    id: '1.3.AC1',
    what: 'objects are encrypted with a key',
    broken: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await recordings(account);
      const put = (SSEAlgorithm: 'AES256' | 'aws:kms') =>
        s3.putBucketEncryption({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }],
          },
        });
      await put('aws:kms');
      return () => put('AES256');
    },
    says: /^the encryption is aws:kms instead of AES256$/,
  },
  {
    id: '1.3.AC1',
    what: 'one way of public access is open',
    broken: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await recordings(account);
      const put = (RestrictPublicBuckets: boolean) =>
        s3.putPublicAccessBlock({
          Bucket,
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets,
          },
        });
      await put(false);
      return () => put(true);
    },
    says: /^3 of 4 ways of public access are blocked$/,
  },
  {
    id: '1.3.AC1',
    what: 'the writer of an object owns it',
    broken: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await recordings(account);
      const put = (ObjectOwnership: 'BucketOwnerEnforced' | 'ObjectWriter') =>
        s3.putBucketOwnershipControls({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership }] } });
      await put('ObjectWriter');
      return () => put('BucketOwnerEnforced');
    },
    says: /^the ownership of objects is ObjectWriter$/,
  },
  {
    id: '1.3.AC1',
    what: 'plain HTTP is let in',
    broken: (account) =>
      withBucketPolicy(account, (statements) =>
        statements.filter(({ Condition }) => !JSON.stringify(Condition).includes('SecureTransport')),
      ),
    says: /^plain HTTP is not refused$/,
  },
  {
    id: '1.3.AC1',
    what: 'browsers of another origin may read it',
    broken: async (account) => {
      const { s3 } = account.aws;
      const Bucket = await recordings(account);
      const CORSRules = [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://somebody.example.com'] }];
      await s3.putBucketCors({ Bucket, CORSConfiguration: { CORSRules } });
      return () => s3.deleteBucketCors({ Bucket });
    },
    says: /^the list of origins has https:\/\/somebody\.example\.com too$/,
  },
  {
    id: '1.3.AC2',
    what: 'recordings of deleted sessions stay',
    broken: (account) =>
      withRules(account, (rule) =>
        rule.Filter?.Tag?.Key === 'to_delete_in_days' ? { ...rule, Status: 'Disabled' } : rule,
      ),
    says: /^the list of tags lacks to_delete_in_days=7 after 7 days$/,
  },
  {
    id: '1.3.AC2',
    what: 'recordings stay a year',
    broken: (account) =>
      withRules(account, (rule) => (rule.Expiration ? { ...rule, Expiration: { Days: 365 } } : rule)),
    says: /^recordings expire after 365 days; the list of tags lacks/,
  },
  {
    id: '1.3.AC2',
    what: 'the rules are disabled',
    broken: (account) => withRules(account, (rule) => ({ ...rule, Status: 'Disabled' })),
    says: /^recordings expire after no days; uploads that were broken off stay for ever; the list of tags lacks/,
    touches: ['1.3.AC3'],
  },
  {
    id: '1.3.AC2',
    what: 'the rules are for some recordings only',
    broken: (account) => withRules(account, ({ Prefix, ...rule }) => ({ ...rule, Filter: { Prefix: 'sessions/' } })),
    says: /^recordings expire after no days/,
  },
  {
    id: '1.3.AC4',
    what: 'another role is let in too',
    broken: exceptTheTaskRole((statement) => ({
      ...statement,
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': [
            Object.values(Object(Object(statement['Condition']).ArnNotEquals)).flat()[0],
            'arn:aws:iam::000000000000:role/shop-functions',
          ],
        },
      },
    })),
    says: /^the list of who is let in has arn:aws:iam::000000000000:role\/shop-functions too$/,
  },
  {
    id: '1.3.AC4',
    what: 'only one role is refused',
    broken: exceptTheTaskRole((statement) => ({
      ...statement,
      Principal: { AWS: 'arn:aws:iam::000000000000:role/shop-functions' },
    })),
    says: /^the policy refuses nobody$/,
    touches: ['rights.stranger'],
  },
  {
    id: '1.3.AC4',
    what: 'the policy allows something itself',
    broken: async (account) => {
      const Resource = `arn:aws:s3:::${await recordings(account)}/public/*`;
      const Principal = { AWS: 'arn:aws:iam::000000000000:role/shop-functions' };
      const open = { Effect: 'Allow', Principal, Action: 's3:PutObject', Resource };
      return withBucketPolicy(account, (statements) => [...statements, open]);
    },
    says: /^the policy itself allows s3:PutObject$/,
  },
];

/** The application's bucket and what is in front of it. */
export const FRONTEND: readonly Case[] = [
  {
    id: '1.3.IV1',
    what: 'other origins may read it',
    broken: async ({ aws }) => {
      const put = (origin: string) =>
        aws.s3.putBucketCors({
          Bucket: FRONTEND_BUCKET,
          CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: [origin] }] },
        });
      await put('*');
      return () => put('https://shop.example.com');
    },
    says: /^CORS\.CORSRules\.0\.AllowedOrigins\.0 changed$/,
  },
  {
    id: '1.3.IV2',
    what: 'the distribution is switched off',
    broken: async ({ aws, neighbour }) => {
      const set = async (Enabled: boolean) => {
        const { ETag, Distribution } = await aws.cloudFront.getDistribution({ Id: neighbour.distributionId });
        const DistributionConfig = { ...Distribution?.DistributionConfig, Enabled };
        await aws.cloudFront.updateDistribution({
          Id: neighbour.distributionId,
          IfMatch: ETag,
          DistributionConfig: DistributionConfig as Required<typeof DistributionConfig>,
        });
      };
      await set(false);
      return () => set(true);
    },
    says: /^distribution\.DistributionConfig\.Enabled changed$/,
  },
  {
    id: '1.3.IV3',
    what: "the application's role is refused its objects",
    broken: (account) => withMore(account, 'shop-functions', { ...allow('s3:GetObject'), Effect: 'Deny' }),
    says: /^index\.html reads .*not authorized|^index\.html reads Access/,
    // A policy that the role did not have.
    touches: ['1.1.IV2'],
  },
  {
    id: '1.3.IV3',
    what: 'an object is another one',
    broken: async ({ aws }) => {
      const put = (Body: string) => aws.s3.putObject({ Bucket: FRONTEND_BUCKET, Key: 'assets/app.js', Body });
      await put('alert("ours")');
      return () => put('console.log("shop")');
    },
    says: /^assets\/app\.js reads alert\("ours"\)$/,
    touches: ['1.3.IV1'],
  },
];
