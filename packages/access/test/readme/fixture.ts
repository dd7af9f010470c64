export { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
export { Aspects, CfnResource } from 'aws-cdk-lib/core';

import { App, Stack } from 'aws-cdk-lib/core';

// What the reader of the README has already.
export const app = new App();
export const stack = new Stack(app, 'App', { env: { account: '111122223333', region: 'us-east-1' } });
