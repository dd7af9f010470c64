import { IniFile, JsonFile, javascript, License, Project, ProjenrcFile } from 'projen';
import { removeStandardTasks } from './standard-tasks';
import { at, MINIMUM_NODE, postgresBinaries } from './versions';

const TOOLS = [
  '@biomejs/biome',
  '@nx/js',
  '@types/node',
  'aws-cdk',
  'aws-cdk-lib',
  'constructs',
  'esbuild',
  'nx',
  'projen',
  'tsx',
  'typescript',
  'vitest',
] as const;

/** The repository itself: npm workspaces, the tools that all of them share, and the commands people type. */
export class Monorepo extends Project {
  readonly package: javascript.NodePackage;

  constructor(workspaces: string[]) {
    super({ name: 'user-metrics-foundation', projenCommand: 'npx projen' });
    new Projenrc(this);
    removeStandardTasks(this);
    this.package = new javascript.NodePackage(this, {
      packageName: this.name,
      description: 'The AWS foundation for self-hosted Umami and OpenReplay, beside an existing serverless application',
      packageManager: javascript.NodePackageManager.NPM,
      minNodeVersion: MINIMUM_NODE,
      license: 'Apache-2.0',
      devDeps: TOOLS.map(at),
      allowScripts: ['esbuild', 'nx', ...Object.keys(postgresBinaries)],
      entrypoint: '',
      autoDetectBin: false,
      peerDependencyOptions: { pinnedDevDependency: false },
    });
    this.package.addVersion('0.0.0');
    this.package.addField('private', true);
    this.package.addField('workspaces', workspaces);
    // Addresses of a registry do not belong into the lock file: a mirror serves the same packages.
    new IniFile(this, '.npmrc', { obj: { 'omit-lockfile-registry-resolved': true, fund: false, audit: false } });
    new License(this, { spdx: 'Apache-2.0' });
    new JsonFile(this, 'tsconfig.base.json', { obj: { compilerOptions } });
    new JsonFile(this, 'tsconfig.json', {
      obj: {
        extends: './tsconfig.base.json',
        compilerOptions: { noEmit: true, declaration: false },
        include: ['.projenrc.ts', '*.mts', 'projenrc/**/*.ts'],
      },
    });
    this.gitignore.exclude('node_modules/', '*.log', '/rehearsal/', '/test-reports/');
  }

  /** A command of the repository. What is typed behind it goes to its last line. */
  command(name: string, description: string, ...lines: string[]): void {
    const task = this.addTask(name, { description });
    for (const [index, line] of lines.entries()) task.exec(line, { receiveArgs: index === lines.length - 1 });
  }
}

class Projenrc extends ProjenrcFile {
  readonly filePath = '.projenrc.ts';

  constructor(project: Project) {
    super(project);
    project.defaultTask?.exec(`tsx ${this.filePath}`);
  }
}

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'node20',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  isolatedModules: true,
  resolveJsonModule: true,
  declaration: true,
  stripInternal: true,
  skipLibCheck: true,
};
