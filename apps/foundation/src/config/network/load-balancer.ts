import { mostLoadBalancerBlocks } from '@user-metrics/network';
import { across, list, object } from '../expectations';
import { prefixListId } from '../identifiers';
import { cidrBlock } from './cidr-blocks';

/** Who reaches the load balancer. */
export const loadBalancer = across(
  object(
    {
      /** Id of `com.amazonaws.global.cloudfront.origin-facing` in the Region: who comes through CloudFront. */
      cloudFrontPrefixListId: prefixListId.optional(),
      /** CIDR blocks that reach the load balancer directly. */
      cidrBlocks: list(cidrBlock, 'must be a list of CIDR blocks', "Give for example ['203.0.113.0/24']", {
        min: 1,
      }).optional(),
    },
    'must say who reaches the load balancer',
    "Give { cloudFrontPrefixListId: 'pl-…' } or { cidrBlocks: ['203.0.113.0/24'] }",
  ),
  ({ cloudFrontPrefixListId, cidrBlocks }, report) => {
    const most = mostLoadBalancerBlocks(cloudFrontPrefixListId !== undefined);
    if (Array.isArray(cidrBlocks) && cidrBlocks.length > most) {
      report(
        ['cidrBlocks'],
        `${cidrBlocks.length} blocks`,
        `must be at most ${most} blocks`,
        'A security group has 60 rules, of which CloudFront counts for 55: join adjacent blocks',
      );
    }
    if (cloudFrontPrefixListId !== undefined || cidrBlocks !== undefined) return;
    report(
      [],
      {},
      'must name the prefix list of CloudFront or CIDR blocks',
      'Find the list with: aws ec2 describe-managed-prefix-lists --filters Name=prefix-list-name,Values=com.amazonaws.global.cloudfront.origin-facing',
    );
  },
);
