import { type DistributionConfig, paginateListDistributions } from '@aws-sdk/client-cloudfront';
import { listed, type Service } from '../kind';
import { orUnknown } from '../or-unknown';
import { hashOf } from '../value';

const distributionsOfCloudFront = listed({
  name: 'distribution',
  type: 'AWS::CloudFront::Distribution',
  pages: ({ aws: { cloudFront: client } }) => paginateListDistributions({ client }, {}),
  items: ({ DistributionList }) => DistributionList?.Items,
  id: ({ Id }) => Id,
  properties: async ({ Id, ARN, DomainName }, { aws: { cloudFront } }) => ({
    ARN,
    DomainName,
    config: await orUnknown(async () =>
      withoutSecrets((await cloudFront.getDistributionConfig({ Id })).DistributionConfig),
    ),
  }),
});

export const distributions: Service = { name: 'distributions', kinds: [distributionsOfCloudFront] };

/** Headers for an origin often hold what the origin knows CloudFront by. */
function withoutSecrets(config: DistributionConfig | undefined): object | undefined {
  return (
    config &&
    JSON.parse(JSON.stringify(config), (key, value) => (key === 'HeaderValue' ? hashOf(String(value)) : value))
  );
}
