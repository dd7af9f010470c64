import { lambdaBundle } from '../lambda-bundle';
import type { WorkspaceOptions } from '../workspace';

/** What the storage package is made of. */
export const STORAGE: WorkspaceOptions = {
  folder: 'packages/storage',
  description: 'Buckets for session recordings and log archives that clean themselves up',
  sources: ['src', 'runtime'],
  files: ['assets'],
  devDeps: ['@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-s3', '@types/aws-lambda'],
  targets: {
    bundle: lambdaBundle({
      entry: 'packages/storage/runtime/log-export/index.ts',
      folder: 'packages/storage/assets/log-export',
    }),
    integration: {},
  },
};
