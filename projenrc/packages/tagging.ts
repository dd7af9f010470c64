import { commandBundle, lambdaBundle } from '../lambda-bundle';
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
    './published': 'src/published-contract',
  },
  // Bundled in assets/tag-compliance.
  files: ['assets', 'bin', '!lib/runtime/live'],
  bin: { 'tag-compliance': 'bin/tag-compliance.js' },
  // Bundled: a synth needs none of them, and they take 36 MB in node_modules.
  devDeps: [
    '@aws/cloudformation-validate',
    '@aws-cdk/aws-service-spec',
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
  targets: {
    bundle: lambdaBundle({
      entry: 'packages/tagging/runtime/cost-allocation/index.ts',
      folder: 'packages/tagging/assets/cost-allocation',
      commands: [
        commandBundle({
          entry: 'packages/tagging/runtime/live/cli.ts',
          file: 'packages/tagging/assets/tag-compliance/index.js',
        }),
      ],
      outputs: ['packages/tagging/assets/tag-compliance'],
    }),
    integration: {},
  },
};
