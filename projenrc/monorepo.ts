import { IniFile, JsonFile, javascript, Project, ProjenrcFile } from 'projen';
import { ApacheLicense, AUTHOR, REPOSITORY } from './license';
import { removeStandardTasks } from './standard-tasks';
import { at, MINIMUM_NODE, postgresBinaries } from './versions';

const TOOLS = [
  '@arethetypeswrong/core',
  '@biomejs/biome',
  '@nx/js',
  '@types/node',
  'aws-cdk',
  'aws-cdk-lib',
  'constructs',
  'esbuild',
  'nx',
  'projen',
  'publint',
  'tsx',
  'typescript',
  'vitest',
  'yaml',
] as const;

/** Read by `versions.ts`. */
const POSTGRES_RELEASES = '{workspaceRoot}/tools/postgres-server/src/releases.json';

/** Where the workspaces are. */
const WORKSPACES = ['packages/*', 'apps/*', 'tools/*', 'sst/*'];

/** The repository itself: npm workspaces, the tools that all of them share, and the commands people type. */
export class Monorepo extends Project {
  readonly package: javascript.NodePackage;

  constructor() {
    super({ name: 'user-metrics-foundation', projenCommand: 'npx projen' });
    new Projenrc(this);
    removeStandardTasks(this);
    this.package = new javascript.NodePackage(this, {
      packageName: this.name,
      description: 'The AWS foundation for self-hosted Umami and OpenReplay, beside an existing serverless application',
      packageManager: javascript.NodePackageManager.NPM,
      minNodeVersion: MINIMUM_NODE,
      license: 'Apache-2.0',
      repository: `git+${REPOSITORY}.git`,
      homepage: REPOSITORY,
      bugsUrl: `${REPOSITORY}/issues`,
      authorName: AUTHOR,
      authorOrganization: true,
      devDeps: TOOLS.map(at),
      allowScripts: ['esbuild', 'nx', ...Object.keys(postgresBinaries)],
      entrypoint: '',
      autoDetectBin: false,
      peerDependencyOptions: { pinnedDevDependency: false },
    });
    this.package.addVersion('0.0.0');
    this.package.addField('private', true);
    this.package.addField('workspaces', WORKSPACES);
    // Addresses of a registry do not belong into the lock file: a mirror serves the same packages.
    new IniFile(this, '.npmrc', { obj: { 'omit-lockfile-registry-resolved': true, fund: false, audit: false } });
    new ApacheLicense(this);
    new JsonFile(this, 'tsconfig.base.json', { obj: { compilerOptions } });
    new JsonFile(this, 'tsconfig.json', {
      obj: {
        extends: './tsconfig.base.json',
        compilerOptions: { noEmit: true, declaration: false },
        include: ['.projenrc.ts', '*.mts', 'projenrc/**/*.ts', 'projenrc/**/*.mts'],
      },
    });
    this.gitignore.exclude(
      'node_modules/',
      '*.log',
      'cdk.out/',
      '/rehearsal/',
      '/verification/',
      'snapshots/',
      'test-reports/',
    );
    this.describeAsNxProject();
  }

  /** The repository's own code, `projenrc/`, is linted and tested like that of a workspace. */
  private describeAsNxProject(): void {
    const command = (line: string) => ({ options: { command: line, cwd: '{workspaceRoot}' } });
    this.package.addField('nx', {
      name: 'repository',
      includedScripts: [],
      namedInputs: {
        testsRead: WORKSPACES.flatMap((folder) =>
          ['package.json', 'README.md'].map((file) => `{workspaceRoot}/${folder}/${file}`),
        ),
      },
      targets: {
        typecheck: { ...command('tsc -p tsconfig.json'), inputs: ['default', POSTGRES_RELEASES] },
        lint: command('biome check --error-on-warnings .projenrc.ts vitest.config.mts projenrc'),
        test: {
          ...command('vitest run --root projenrc --config ../vitest.config.mts --project unit'),
          inputs: ['default', 'testsRead'],
          outputs: ['{workspaceRoot}/projenrc/test-reports/unit.json'],
        },
      },
    });
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
