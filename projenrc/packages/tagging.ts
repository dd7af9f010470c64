import { lambdaBundle } from '../lambda-bundle';
import type { WorkspaceOptions } from '../workspace';

/** What the tagging package is made of. */
export const TAGGING: WorkspaceOptions = {
  folder: 'packages/tagging',
  description: 'One tag schema on every taggable resource of a CDK app, checked at synth',
  sources: ['src', 'runtime'],
  entries: {
    '.': 'src/index',
    './schema': 'src/schema/index',
    './props': 'src/props/index',
    './cost-allocation': 'src/cost-allocation/index',
    './live': 'runtime/live/index',
  },
  files: ['assets', 'bin'],
  bin: { 'tag-compliance': 'bin/tag-compliance.js' },
  deps: [
    '@aws-sdk/client-budgets',
    '@aws-sdk/client-cloudcontrol',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cost-explorer',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-resource-groups-tagging-api',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
    'cli-table3',
    'commander',
  ],
  devDeps: ['@aws/cloudformation-validate', '@aws-cdk/aws-service-spec'],
  targets: {
    bundle: lambdaBundle({
      entry: 'packages/tagging/runtime/cost-allocation/index.ts',
      folder: 'packages/tagging/assets/cost-allocation',
    }),
    integration: {},
  },
};
