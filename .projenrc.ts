import { addAllPackages } from './projenrc/all-packages';
import { configureBiome } from './projenrc/biome';
import { addCommands } from './projenrc/commands';
import { ConstructPackage } from './projenrc/construct-package';
import { indexDecisions } from './projenrc/decisions';
import { FoundationApp, RehearsalApp } from './projenrc/foundation-app';
import { Monorepo } from './projenrc/monorepo';
import { configureNx } from './projenrc/nx';
import { COST } from './projenrc/packages/cost';
import { STORAGE } from './projenrc/packages/storage';
import { TAGGING } from './projenrc/packages/tagging';
import { UMAMI_DB } from './projenrc/packages/umami-db';
import { addRenovate } from './projenrc/renovate';
import { SstPackage } from './projenrc/sst-package';
import { addTools } from './projenrc/tools';
import { addWorkflows } from './projenrc/workflows';
import { workspacesIn } from './projenrc/workspace';

const repository = new Monorepo();
const { awsEndpoint, supervisor, postgresServer, policyEvaluation, localAws } = addTools(repository);

const tagging = new ConstructPackage(repository, { ...TAGGING, testsUse: [awsEndpoint] });
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
  ...UMAMI_DB,
  uses: [tagging],
  testsUse: [awsEndpoint, postgresServer, supervisor],
});
umamiDb.gitignore.exclude('/runtime/migrations/recorded.json');
const storage = new ConstructPackage(repository, {
  ...STORAGE,
  uses: [tagging],
  testsUse: [awsEndpoint, policyEvaluation],
});
const cost = new ConstructPackage(repository, {
  ...COST,
  uses: [tagging],
  testsUse: [awsEndpoint, policyEvaluation, localAws],
});

const sst = new SstPackage(repository, tagging, [access, cost]);

const foundation = new FoundationApp(
  repository,
  [tagging, network, access, umamiDb, storage, cost, sst],
  [awsEndpoint, policyEvaluation, supervisor],
);
const rehearsal = new RehearsalApp(repository, [
  foundation,
  network,
  cost,
  umamiDb,
  sst,
  tagging,
  awsEndpoint,
  postgresServer,
  localAws,
  supervisor,
]);

configureNx(repository);
addAllPackages(repository, [...workspacesIn(repository, 'packages'), sst]);
configureBiome(repository, {
  layers: [
    [rehearsal],
    [foundation],
    [sst],
    workspacesIn(repository, 'packages').filter((workspace) => workspace !== tagging),
    [tagging],
  ],
  tools: workspacesIn(repository, 'tools'),
  rehearsal,
});
addCommands(repository);
addWorkflows(repository);
addRenovate(repository);
indexDecisions(repository);
repository.synth();
