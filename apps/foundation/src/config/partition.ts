import { RegionInfo } from 'aws-cdk-lib/region-info';

/** Partition of a Region, with which its ARNs begin: `aws`, `aws-cn`, `aws-us-gov` and others. */
export function partitionOf(region: string): string {
  return RegionInfo.get(region).partition ?? 'aws';
}
