import type { Aws } from '../aws';
import { idOf } from './network';
import { APPLICATION_TAG_LIST } from './tags';

export const FRONTEND_BUCKET = 'shop-frontend-000000000000';

/** Objects of the frontend, by key. */
export const FRONTEND_OBJECTS: { readonly [key: string]: string } = {
  'index.html': '<!doctype html><title>Shop</title>',
  'assets/app.js': 'console.log("shop")',
};

/** The bucket of the frontend with policy, CORS, lifecycle and objects, and the distribution in front of it; gives its id. */
export async function createFrontend({ s3, cloudFront }: Aws): Promise<string> {
  const Bucket = FRONTEND_BUCKET;
  await s3.createBucket({ Bucket });
  const { Distribution } = await cloudFront.createDistributionWithTags({
    DistributionConfigWithTags: {
      DistributionConfig: {
        CallerReference: Bucket,
        Comment: 'shop',
        Enabled: true,
        DefaultRootObject: 'index.html',
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'frontend',
              DomainName: `${Bucket}.s3.amazonaws.com`,
              S3OriginConfig: { OriginAccessIdentity: '' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'frontend',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        },
      },
      Tags: { Items: APPLICATION_TAG_LIST },
    },
  });
  await s3.putBucketPolicy({
    Bucket,
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/*`,
          Condition: { StringEquals: { 'aws:SourceArn': Distribution?.ARN } },
        },
      ],
    }),
  });
  await s3.putBucketCors({
    Bucket,
    CORSConfiguration: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://shop.example.com'] }] },
  });
  await s3.putBucketLifecycleConfiguration({
    Bucket,
    LifecycleConfiguration: {
      Rules: [{ ID: 'old', Status: 'Enabled', Filter: { Prefix: 'old/' }, Expiration: { Days: 365 } }],
    },
  });
  await s3.putBucketTagging({ Bucket, Tagging: { TagSet: APPLICATION_TAG_LIST } });
  for (const [Key, Body] of Object.entries(FRONTEND_OBJECTS)) await s3.putObject({ Bucket, Key, Body });
  return idOf(Distribution?.Id);
}
