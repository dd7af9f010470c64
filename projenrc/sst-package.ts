import type { ObjectFile, Project } from 'projen';
import { Workspace, type WorkspaceOptions } from './workspace';

/** The package of the SST side. It brings its one dependency along: npm would add CDK to an SST application. */
export class SstPackage extends Workspace {
  constructor(parent: Project, tagging: Workspace, testsUse: Workspace[]) {
    super(parent, {
      ...OPTIONS,
      testsUse: [tagging, ...testsUse],
      devDeps: ['aws-cdk-lib', 'constructs', 'publint'],
      targets: {
        compile: COMPILE,
        integration: {},
        'verify-sst': { dependsOn: ['compile'] },
      },
    });
    this.include('tsconfig.json', 'test/sst-globals.d.ts');
    this.include('test/tsconfig.json', '../pack/**/*');
    // Has SST's own types, once SST is installed beside it: `verify-sst` checks it.
    this.tryFindObjectFile('test/tsconfig.json')?.addOverride('exclude', ['fixtures']);
    this.gitignore.exclude('/standalone/');
    this.package.addKeywords('sst', 'observability', 'umami', 'openreplay', 'user-metrics');
    // Has no entry at its root.
    for (const field of ['main', 'types']) this.package.addField(field, undefined);
    this.package.addPeerDeps('sst@>=3.19 <5');
    this.package.addField('peerDependenciesMeta', { sst: { optional: true } });
  }

  private include(file: string, pattern: string): void {
    (this.tryFindObjectFile(file) as ObjectFile).addToArray('include', pattern);
  }
}

const OPTIONS: WorkspaceOptions = {
  folder: 'sst/observability',
  npmName: 'sst',
  description:
    'The foundation seen from an SST application: tag values, the published contract, telemetry of functions',
  sources: ['.'],
  entries: {
    './tags': 'tags',
    './application-tags': 'application-tags',
    './contract': 'contract',
    './infrastructure': 'infrastructure',
  },
  published: true,
  files: ['standalone'],
};

const COMPILE = {
  options: {
    command: 'tsc -p {projectRoot}/tsconfig.json && tsx {projectRoot}/pack/embed-schema.ts',
  },
  outputs: ['{projectRoot}/lib', '{projectRoot}/standalone'],
};
