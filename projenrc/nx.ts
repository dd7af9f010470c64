import { JsonFile, type Project } from 'projen';

/**
 * How each target is run: the tool itself, never projen (which costs over a second a call). The compiler takes one
 * thread: several take up to twice the processor time, and nx runs several compilers.
 */
const targetDefaults = {
  compile: {
    ...command('tsc -p {projectRoot}/tsconfig.json --singleThreaded'),
    dependsOn: ['^compile'],
    inputs: ['sources', '^sources'],
    outputs: ['{projectRoot}/lib'],
  },
  typecheck: {
    ...command('tsc -p {projectRoot}/test/tsconfig.json --singleThreaded'),
    dependsOn: ['^compile', 'compile'],
    inputs: ['default', '^compilation'],
    outputs: [],
  },
  lint: {
    ...command('biome check --error-on-warnings {projectRoot}'),
    inputs: ['default', '{workspaceRoot}/biome.json'],
    outputs: [],
  },
  test: testTarget('unit', ['{workspaceRoot}/projenrc/readme/*']),
  integration: testTarget('integration'),
  endurance: testTarget('endurance'),
  account: testTarget('account'),
  // Takes minutes: each test is named as it ends.
  'verify-sst': testTarget('verify-sst', [], '--reporter=verbose --reporter=json'),
  synth: {
    ...command('node bin/user-metrics.js synth', '{projectRoot}'),
    dependsOn: ['^compile', 'compile', '^bundle'],
    inputs: ['default', '^compilation'],
    outputs: ['{projectRoot}/cdk.out'],
  },
  'cfn-lint': {
    ...command('tsx projenrc/cfn-lint/run.ts {projectRoot}/cdk.out'),
    // Whether there is a Python is not among the inputs: a skipped run must not pass for a clean one.
    cache: false,
    dependsOn: ['synth'],
  },
};

export function testTarget(kind: string, furtherInputs: (string | object)[] = [], reporters = ''): object {
  return {
    ...command(`vitest run --config ../../vitest.config.mts --project ${kind} ${reporters}`.trim(), '{projectRoot}'),
    dependsOn: ['^compile', 'compile', '^bundle', 'bundle'],
    inputs: [
      'default',
      '^compilation',
      'testsRead',
      '{workspaceRoot}/vitest.config.mts',
      '{workspaceRoot}/tsconfig.json',
      '{workspaceRoot}/projenrc/vitest/*',
      { env: 'USER_METRICS_TEST_ALL' },
      ...furtherInputs,
    ],
    outputs: [`{projectRoot}/test-reports/${kind}.json`],
  };
}

export function command(line: string, cwd = '{workspaceRoot}'): object {
  return { executor: 'nx:run-commands', cache: true, options: { command: line, cwd } };
}

/** nx.json: what a target runs, what it reads, what it writes. */
export function configureNx(project: Project): void {
  new JsonFile(project, 'nx.json', {
    obj: {
      $schema: './node_modules/nx/schemas/nx-schema.json',
      analytics: false,
      neverConnectToCloud: true,
      // The default lies in the home folder and is shared by all clones: a fresh clone could pass on another one's results.
      cacheDirectory: '.nx/cache',
      defaultBase: 'main',
      // A third of the time of tests is waiting for a server or a process.
      parallel: 3,
      tui: { enabled: false },
      // TypeScript 7 has no API for nx to read imports with; the graph comes from package.json.
      pluginsConfig: { '@nx/js': { analyzeSourceFiles: false } },
      namedInputs: {
        sharedGlobals: [
          '{workspaceRoot}/package-lock.json',
          '{workspaceRoot}/tsconfig.base.json',
          '{workspaceRoot}/nx.json',
          { runtime: 'node --version' },
        ],
        default: ['{projectRoot}/**/*', '!{projectRoot}/test-reports/**', 'sharedGlobals'],
        // What a package hands on to those that depend on it.
        // What is compiled: the configuration of a user is run as it is.
        sources: ['compilation', '!{projectRoot}/*.config.ts'],
        compilation: ['default', '!{projectRoot}/test/**/*', '!{projectRoot}/**/*.md'],
        // What its tarball holds, beside what is compiled, and what uses it.
        packed: ['{projectRoot}/*.md', '{projectRoot}/LICENSE', '{projectRoot}/test/tarball-app.ts'],
        // What else its tests read: each workspace names its own.
        testsRead: [],
      },
      targetDefaults,
      release: {
        projects: ['packages/*', 'sst/*'],
        projectsRelationship: 'independent',
        releaseTag: { pattern: '{projectName}@{version}' },
        // Before its first release a package has a version and no tag.
        version: {
          conventionalCommits: true,
          fallbackCurrentVersionResolver: 'disk',
          // After a breaking change the range of a dependent follows; nx would fail instead.
          preserveMatchingDependencyRanges: false,
        },
        // From the first commit on where there is no tag yet.
        changelog: { automaticFromRef: true, workspaceChangelog: false, projectChangelogs: true },
      },
    },
  });
  project.gitignore.exclude('/.nx/cache', '/.nx/workspace-data');
}
