import { App, Stack } from 'aws-cdk-lib/core';

export { CostAllocationTags } from '@user-metrics/tagging';
export { CostDashboard, InactiveBudgetTagsAlarm } from '../../src';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
export const template = { Resources: {} };
