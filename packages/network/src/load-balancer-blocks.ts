import type { IPrefixList } from 'aws-cdk-lib/aws-ec2';
import { NetworkError } from './network-error';

/** Rules that a security group may have each way, and how many of them CloudFront's prefix list counts for. */
const RULES_OF_A_GROUP = 60;
const RULES_OF_CLOUDFRONT = 55;

/** Command that finds the prefix list of CloudFront. */
export const FIND_PREFIX_LIST =
  'aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing';

/** How many CIDR blocks fit into the rules of the load balancer's group, with a rule for HTTPS and one for HTTP each. */
export function mostLoadBalancerBlocks(besideCloudFront: boolean): number {
  return Math.floor((RULES_OF_A_GROUP - (besideCloudFront ? RULES_OF_CLOUDFRONT : 0)) / 2);
}

/** @throws NetworkError when nobody reaches the load balancer, or when the rules do not fit into a security group */
export function requireVisitors(prefixList: IPrefixList | undefined, blocks: readonly string[]): void {
  if (!prefixList && blocks.length === 0) {
    throw new NetworkError(
      '`cloudFrontPrefixList` or `loadBalancerCidrBlocks` must say who reaches the load balancer, got: neither.' +
        ` Find the prefix list of the Region with: ${FIND_PREFIX_LIST}`,
    );
  }
  const most = mostLoadBalancerBlocks(prefixList !== undefined);
  if (blocks.length <= most) return;
  throw new NetworkError(
    `\`loadBalancerCidrBlocks\` must be at most ${most}${prefixList ? ' beside the prefix list of CloudFront' : ''}, got: ${blocks.length}.` +
      ` A security group has ${RULES_OF_A_GROUP} rules: join adjacent blocks.`,
  );
}
