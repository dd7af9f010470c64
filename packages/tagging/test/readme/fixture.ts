import { App } from 'aws-cdk-lib/core';

export { Validations } from 'aws-cdk-lib/core';
export { ObservabilityTags, TagCompliance } from '../../src';
export { TagSchema } from '../../src/schema';

// What the reader of the README has already.
export const app = new App();
export const tags = {
  Project: 'UserMetrics',
  Environment: 'prod',
  ManagedBy: 'CDK',
  CostCenter: 'Observability',
  Owner: 'platform-team',
} as const;
