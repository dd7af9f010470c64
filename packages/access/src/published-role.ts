import { type PublishedContractProps, type PublishedName, publishedValues } from '@user-metrics/tagging/published';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/** An IAM role of a stage. It is not mutable: a grant in another stack would add rights that the foundation does not know. */
export function publishedRole(
  scope: Construct,
  id: string,
  props: PublishedContractProps,
  name: Extract<PublishedName, `access/${string}-role-arn`>,
): IRole {
  const { text } = publishedValues(scope, props, Error);
  return Role.fromRoleArn(scope, id, text(name), { mutable: false });
}
