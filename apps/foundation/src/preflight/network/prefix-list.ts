import { stageOf } from '../../account/deployed-stage';
import { type Check, failure, ok, orNone } from '../check';

const CLOUDFRONT = 'com.amazonaws.global.cloudfront.origin-facing';

/** The prefix list through which CloudFront reaches the load balancer is the one of the Region. */
export const prefixList: Check<{ readonly name?: string | undefined }> = {
  id: 'network.cloudfront-prefix-list',
  title: "CloudFront's prefix list exists in the Region",
  applies: (planned) => stageOf(planned).network.loadBalancer.cloudFrontPrefixListId !== undefined,
  async observe({ aws, ...planned }) {
    const id = stageOf(planned).network.loadBalancer.cloudFrontPrefixListId ?? '';
    const { PrefixLists: [list] = [] } = await orNone(aws.ec2.describeManagedPrefixLists({ PrefixListIds: [id] }));
    return { name: list?.PrefixListName };
  },
  evaluate({ name }, planned) {
    const id = stageOf(planned).network.loadBalancer.cloudFrontPrefixListId;
    if (name === CLOUDFRONT) return [ok(`${id} is ${CLOUDFRONT}`)];
    return [
      failure(
        name ? `${id} is ${name}` : `There is no ${id} in ${planned.region}`,
        `aws ec2 describe-managed-prefix-lists --region ${planned.region} --filters Name=prefix-list-name,Values=${CLOUDFRONT} --query 'PrefixLists[].PrefixListId'`,
      ),
    ];
  },
};
