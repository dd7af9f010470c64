import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// One configuration for all workspaces: the folder says which, `--project` which kind of tests.
const repository = import.meta.dirname;
const kind = process.argv[process.argv.indexOf('--project') + 1] ?? 'unit';

// What the tests of a workspace share, such as a server; and a temporary folder that goes with the run. Those of
// endurance take minutes: processes killed at every statement, a workload on every release.
const own = (name: string, file: string) => [join('test', name, file)].filter((path) => existsSync(path));
// nx runs three workspaces at a time. Files that run at the same time need a server each; see the workspace's global setup.
const workers = Number(process.env.TEST_WORKERS ?? 1);
const temporary = join(repository, 'projenrc', 'vitest', 'temporary-folder.mts');
// The examples of a README are tested where there is something for them to start from.
const readme = existsSync(join('test', 'readme')) ? [join(repository, 'projenrc', 'readme', 'readme.test.ts')] : [];
const setup = (name: string) => join(repository, 'projenrc', 'vitest', `${name}.mts`);

const common = {
  // aws-cdk-lib loads a 9 MB engine to validate each synthesised template, and takes a third of a synthesis to note where
  // each value and each construct comes from; the real synth has all of that on.
  env: {
    CDK_VALIDATION: 'false',
    CDK_DISABLE_STACK_TRACE: '1',
    CDK_CONTEXT_JSON: '{"aws:cdk:disable-creation-stack-traces":true}',
  },
  // With several workers the longest files come first, as the last one to end keeps the others waiting.
  sequence: { shuffle: { files: workers === 1, tests: true } },
  // Files of one worker share what Node.js itself has loaded, such as aws-cdk-lib, which takes a second; not our modules.
  isolate: false,
  fileParallelism: workers > 1,
  maxWorkers: workers,
  globalSetup: [temporary],
  setupFiles: [setup('declared-reads'), setup('no-late-synthesis')],
  // A loaded machine is no fault: these limits end what hangs.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
};

export default defineConfig({
  test: {
    reporters: ['default', 'json'],
    outputFile: { json: join('test-reports', `${kind}.json`) },
    passWithNoTests: false,
    projects: [
      { test: { ...common, name: 'unit', include: ['test/unit/**/*.test.ts', ...readme] } },
      ...['integration', 'endurance', 'account'].map((name) => ({
        test: {
          ...common,
          name,
          include: [`test/${name}/**/*.test.ts`],
          globalSetup: [temporary, ...own(name, 'global-setup.ts')],
          setupFiles: [...common.setupFiles, ...own(name, 'setup.ts')],
        },
      })),
      {
        test: {
          ...common,
          name: 'verify-sst',
          include: ['test/verify-sst/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      { test: { ...common, name: 'tarball', include: ['tarball.test.ts'], setupFiles: [], testTimeout: 300_000 } },
    ],
  },
});
