import { type Probes, unique } from './probe';
import { createOne } from './stack';

const Tags = [{ Key: 'Project', Value: 'probe' }];

/** What a template says of a resource and the emulator drops. */
export const properties: Probes = {
  'bucket lifecycle': async (context) => {
    const Rules = [
      { Id: 'Expire', Status: 'Enabled', ExpirationInDays: 30 },
      {
        Status: 'Enabled',
        Prefix: 'logs/',
        TagFilters: [{ Key: 'kept', Value: 'no' }],
        Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 90 }],
      },
    ];
    const Bucket = await createOne(context, 'AWS::S3::Bucket', { LifecycleConfiguration: { Rules } });
    const found = await context.s3.getBucketLifecycleConfiguration({ Bucket }).catch(() => undefined);
    const [expire, archive] = found?.Rules ?? [];
    const isArchived = archive?.Filter?.And?.Prefix === 'logs/' && archive.Transitions?.[0]?.Days === 90;
    return expire?.Expiration?.Days !== 30 || !isArchived;
  },
  'bucket tags': async (context) => {
    const Bucket = await createOne(context, 'AWS::S3::Bucket', { Tags });
    const found = await context.s3.getBucketTagging({ Bucket }).catch(() => undefined);
    return !found?.TagSet?.some(({ Value }) => Value === 'probe');
  },
  'dashboard tags': async (context) => {
    const name = await createOne(context, 'AWS::CloudWatch::Dashboard', { DashboardBody: '{"widgets":[]}', Tags });
    const ResourceARN = `arn:aws:cloudwatch::${context.aws.account}:dashboard/${name}`;
    const found = await context.cloudWatch.listTagsForResource({ ResourceARN }).catch(() => undefined);
    return !found?.Tags?.some(({ Value }) => Value === 'probe');
  },
  'function vpc': async (context) => {
    const FunctionName = await createOne(context, 'AWS::Lambda::Function', {
      FunctionName: unique('function'),
      Role: `arn:aws:iam::${context.aws.account}:role/any`,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: 'exports.handler = async () => {};' },
      VpcConfig: { SubnetIds: ['subnet-0a1b2c3d'], SecurityGroupIds: ['sg-0a1b2c3d'] },
    });
    const { VpcConfig } = await context.lambda.getFunctionConfiguration({ FunctionName });
    return !VpcConfig?.SubnetIds?.includes('subnet-0a1b2c3d');
  },
  'secret reference': async (context) =>
    !(await createOne(context, 'AWS::SecretsManager::Secret', { GenerateSecretString: {} })).startsWith('arn:'),
};
