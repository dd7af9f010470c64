import type { CfnResource } from 'aws-cdk-lib/core';

/** The properties that a plain `CfnResource` was written with; the CDK keeps them protected. */
export function writtenProperties(resource: CfnResource): { readonly [property: string]: unknown } {
  return (resource as unknown as { cfnProperties?: { [property: string]: unknown } }).cfnProperties ?? {};
}
