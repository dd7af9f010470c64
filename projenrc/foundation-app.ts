import type { Project } from 'projen';
import { Workspace } from './workspace';

/** The app that a user configures and deploys. */
export class FoundationApp extends Workspace {
  constructor(parent: Project, uses: Workspace[], testsUse: Workspace[]) {
    super(parent, {
      folder: 'apps/foundation',
      description: 'The whole foundation: one configuration, one stack per concern, the commands',
      uses,
      testsUse,
      layers: [
        'commands',
        'verification',
        'init',
        'preflight',
        'snapshot',
        'cluster-metrics',
        'account',
        'report',
        'cost-review',
        'stacks',
        'config',
      ],
      entries: {
        '.': 'src/index',
        './account': 'src/account/index',
        './report': 'src/report/index',
        './snapshot': 'src/snapshot/index',
        './verification': 'src/verification/index',
      },
      jsx: 'preact',
      devDeps: ['cdk-nag'],
      deps: [
        '@aws-cdk/cloudformation-diff',
        '@aws-sdk/client-budgets',
        '@aws-sdk/client-cloudcontrol',
        '@aws-sdk/client-cloudformation',
        '@aws-sdk/client-cloudfront',
        '@aws-sdk/client-cloudwatch',
        '@aws-sdk/client-cloudwatch-logs',
        '@aws-sdk/client-cost-explorer',
        '@aws-sdk/client-ec2',
        '@aws-sdk/client-eventbridge',
        '@aws-sdk/client-iam',
        '@aws-sdk/client-kms',
        '@aws-sdk/client-lambda',
        '@aws-sdk/client-rds',
        '@aws-sdk/client-resource-groups-tagging-api',
        '@aws-sdk/client-s3',
        '@aws-sdk/client-secrets-manager',
        '@aws-sdk/client-service-quotas',
        '@aws-sdk/client-sns',
        '@aws-sdk/client-ssm',
        '@aws-sdk/client-sts',
        '@clack/prompts',
        '@types/node',
        'aws-cdk',
        'aws-cdk-lib',
        'cli-table3',
        'commander',
        'constructs',
        'diff',
        'fastest-levenshtein',
        'jiti',
        'preact',
        'preact-render-to-string',
        'typescript',
        'zod',
      ],
      bin: { 'user-metrics': 'bin/user-metrics.js' },
      targets: {
        integration: {},
        synth: {},
        'cfn-lint': {},
      },
      testsRead: [
        'docs/cost-review.md',
        'docs/decisions/041-egress.md',
        'docs/permissions.md',
        'examples/**/*',
        'packages/cost/README.md',
        'packages/network/README.md',
        'packages/tagging/{runtime,src}/**/*',
      ],
    });
  }
}

/** The app that does the same on this machine. */
export class RehearsalApp extends Workspace {
  constructor(parent: Project, uses: Workspace[]) {
    super(parent, {
      folder: 'apps/rehearsal',
      testsRead: [
        '.projen/tasks.json',
        'README.md',
        'docs/getting-started.md',
        'examples/**/*',
        'packages/umami-db/test/fixtures/*',
      ],
      description: 'The main job of the foundation on this machine, without an AWS account',
      sources: ['src', 'bench'],
      uses,
      deps: [
        '@aws-sdk/client-budgets',
        '@aws-sdk/client-cloudformation',
        '@aws-sdk/client-cloudfront',
        '@aws-sdk/client-cloudwatch',
        '@aws-sdk/client-cloudwatch-logs',
        '@aws-sdk/client-ec2',
        '@aws-sdk/client-iam',
        '@aws-sdk/client-lambda',
        '@aws-sdk/client-rds',
        '@aws-sdk/client-s3',
        '@aws-sdk/client-secrets-manager',
        '@aws-sdk/client-sns',
        '@aws-sdk/client-ssm',
        '@aws-sdk/client-sts',
        'aws-cdk',
        'aws-cdk-lib',
        'commander',
        'fflate',
        'listr2',
        'microdiff',
        'pg',
      ],
      devDeps: ['@types/pg'],
      bin: { 'user-metrics-rehearsal': 'bin/user-metrics-rehearsal.js' },
      targets: {
        // The last task of a run, which waits for the processes that it starts.
        integration: { options: { env: { TEST_WORKERS: '2' } } },
        account: {},
        // `.ci/run` counts the checks of its rehearsal.
        endurance: { outputs: ['{projectRoot}/test-reports/endurance.json', '{workspaceRoot}/rehearsal'] },
        'rehearse-fast': {
          executor: 'nx:run-commands',
          dependsOn: ['^compile', 'compile', '^bundle'],
          options: {
            command: 'node bin/user-metrics-rehearsal.js --fast --output ../../rehearsal',
            cwd: '{projectRoot}',
          },
        },
      },
    });
  }
}
