import { JsonFile, type Project } from 'projen';
import { command, testTarget } from './nx';
import type { Workspace } from './workspace';

/**
 * An nx project for what is done once for all published packages: reading the types of aws-cdk-lib takes most of the time
 * of each of its targets.
 */
export function addAllPackages(repository: Project, packages: readonly Workspace[]): void {
  const folders = packages.map(({ folder }) => folder).join(' ');
  new JsonFile(repository, 'projenrc/all-packages/project.json', {
    obj: {
      name: 'all-packages',
      implicitDependencies: packages.map(({ name }) => name),
      targets: {
        api: {
          ...command(`node tools/api-docs/lib/src/cli.js ${folders}`),
          dependsOn: ['^compile', { projects: ['@user-metrics/api-docs'], target: 'compile' }],
          inputs: ['^compilation', '{workspaceRoot}/tools/api-docs/src/**/*'],
          outputs: packages.map(({ folder }) => `{workspaceRoot}/${folder}/API.md`),
        },
        tarball: testTarget('tarball', ['{workspaceRoot}/package.json', '^packed', { env: 'USER_METRICS_OLDEST_CDK' }]),
      },
    },
  });
}
