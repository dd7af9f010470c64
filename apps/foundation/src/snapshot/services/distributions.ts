import { type DistributionConfig, paginateListDistributions } from '@aws-sdk/client-cloudfront';
import { mapBounded } from '../../account/bounded';
import { all } from '../../account/pages';
import type { Kind, Service } from '../kind';
import { orUnknown } from '../or-unknown';
import { hashOf } from '../value';

const distributionsOfCloudFront: Kind = {
  name: 'distribution',
  type: 'AWS::CloudFront::Distribution',
  read: async ({ aws: { cloudFront } }) => {
    const found = await all(
      paginateListDistributions({ client: cloudFront }, {}),
      ({ DistributionList }) => DistributionList?.Items,
    );
    return mapBounded(found, async ({ Id, ARN, DomainName }) => ({
      id: String(Id),
      properties: {
        ARN,
        DomainName,
        config: await orUnknown(async () =>
          withoutSecrets((await cloudFront.getDistributionConfig({ Id })).DistributionConfig),
        ),
      },
    }));
  },
};

export const distributions: Service = { name: 'distributions', kinds: [distributionsOfCloudFront] };

/** Headers for an origin often hold what the origin knows CloudFront by. */
function withoutSecrets(config: DistributionConfig | undefined): object | undefined {
  return (
    config &&
    JSON.parse(JSON.stringify(config), (key, value) => (key === 'HeaderValue' ? hashOf(String(value)) : value))
  );
}
