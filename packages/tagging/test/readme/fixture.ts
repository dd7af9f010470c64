import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export { Validations } from 'aws-cdk-lib/core';
export { applyComponentTags, CostAllocationTags, ObservabilityTags, TagCompliance } from '../../src';
export { TagSchema } from '../../src/schema';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
export const broker = new Construct(stack, 'Broker');
export const tags = {
  Project: 'UserMetrics',
  Environment: 'prod',
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform-team',
} as const;
