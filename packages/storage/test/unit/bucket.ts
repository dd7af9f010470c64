import { Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { App, Stack } from 'aws-cdk-lib/core';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { expect } from 'vitest';
import { SessionReplayBucket, type SessionReplayBucketProps } from '../../src';

export const TASK_ROLE_ARN = 'arn:aws:iam::111111111111:role/OpenReplay';
export const ENV = { account: '111111111111', region: 'us-east-1' };

/** A statement of a policy in a template. */
export type Statement = { readonly Action: string | readonly string[]; readonly Effect: string; readonly Sid?: string };

type Props = Partial<SessionReplayBucketProps>;

/** A stack with a bucket in it. */
export function create(props: Props | ((stack: Stack) => Props) = {}) {
  const stack = new Stack(new App({ context: recommendedFlags }), 'Storage', { env: ENV });
  const bucket = new SessionReplayBucket(stack, 'Recordings', {
    taskRole: Role.fromRoleArn(stack, 'TaskRole', TASK_ROLE_ARN),
    ...(typeof props === 'function' ? props(stack) : props),
  });
  return { stack, bucket };
}

/** The one resource of a type in a stack. */
export function only(stack: Stack, type: string) {
  const resources = Object.entries(Template.fromStack(stack).findResources(type));
  expect(resources).toHaveLength(1);
  const [logicalId = '', resource = {}] = resources[0] ?? [];
  return { logicalId, resource, properties: resource['Properties'] };
}

/** The statements of the bucket's policy. */
export function bucketPolicy(stack: Stack): Statement[] {
  return only(stack, 'AWS::S3::BucketPolicy').properties.PolicyDocument.Statement;
}
