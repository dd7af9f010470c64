import { lambdaBundle } from '../lambda-bundle';
import type { WorkspaceOptions } from '../workspace';

/** What the cost package is made of. */
export const COST: WorkspaceOptions = {
  folder: 'packages/cost',
  description: 'Budget, alerts and cost dashboards for resources with a Project tag',
  sources: ['src', 'runtime'],
  entries: {
    '.': 'src/index',
    './cost-explorer': 'src/cost-explorer/index',
    './estimate': 'src/estimate/index',
  },
  files: ['assets'],
  devDeps: [
    '@aws-sdk/client-budgets',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-cost-explorer',
  ],
  targets: {
    bundle: lambdaBundle({
      entry: 'packages/cost/runtime/cost-trend/index.ts',
      folder: 'packages/cost/assets/cost-trend',
    }),
    integration: {},
  },
};
