import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { JsonFile, javascript, LogLevel, Project, ProjenrcFile } from 'projen';
import { ApacheLicense, AUTHOR, REPOSITORY } from './license';
import { removeStandardTasks } from './standard-tasks';
import { at, type Dependency, MINIMUM_NODE, peerVersions } from './versions';

export const SCOPE = '@user-metrics';

export interface WorkspaceOptions {
  /** Folder, relative to the root of the repository; its last part is the npm name. */
  readonly folder: string;
  readonly description: string;
  /** npm name without the scope. @default - the last part of the folder */
  readonly npmName?: string;
  /** Folders that are compiled to `lib/`; `.` for the files at its top. @default ['src'] */
  readonly sources?: string[];
  /** Folders, highest layer first: a folder imports only from those after it. @default - no rule */
  readonly layers?: readonly string[];
  /** Folder that holds the layers. @default 'src' */
  readonly layersIn?: string;
  /** Compiled modules that others import, by subpath. @default { '.': 'src/index' } */
  readonly entries?: Record<string, string>;
  /** Workspaces it imports. */
  readonly uses?: Workspace[];
  /** Workspaces that only its tests import. */
  readonly testsUse?: Workspace[];
  readonly deps?: Dependency[];
  readonly devDeps?: Dependency[];
  /** Name to exact version. */
  readonly optionalDeps?: { readonly [name: string]: string };
  readonly peerDeps?: (keyof typeof peerVersions)[];
  readonly bin?: Record<string, string>;
  /** On npm, or for this repository only. @default false */
  readonly published?: boolean;
  /** What else its tarball holds, beside `lib/`. */
  readonly files?: string[];
  /** Files of other workspaces and of the repository that its tests read, relative to the repository; globs of nx. */
  readonly testsRead?: string[];
  /** Further nx targets, beside compile, typecheck, lint and test. */
  readonly targets?: Record<string, object>;
  readonly module?: 'commonjs' | 'module';
  /** Library that JSX is for. @default - no JSX */
  readonly jsx?: string;
}

/** One npm workspace: package.json with its nx targets, and a tsconfig for the code and one for the tests. */
export class Workspace extends Project {
  readonly folder: string;
  readonly sources: string[];
  readonly layers: readonly string[];
  readonly layersIn: string;
  readonly version: string;
  readonly published: boolean;
  readonly uses: Workspace[];
  readonly package: javascript.NodePackage;

  constructor(parent: Project, options: WorkspaceOptions) {
    const name = `${SCOPE}/${options.npmName ?? basename(options.folder)}`;
    // Each workspace would announce an install of its own.
    super({ parent, name, outdir: options.folder, logging: { level: LogLevel.WARN } });
    new RootProjenrc(this);
    removeStandardTasks(this);
    // Says again what package.json says, and would be out of date after each `nx release`.
    this.tryRemoveFile('.projen/deps.json');
    this.folder = options.folder;
    this.sources = options.sources ?? ['src'];
    this.layers = options.layers ?? [];
    this.layersIn = options.layersIn ?? 'src';
    this.published = options.published ?? false;
    this.uses = options.uses ?? [];
    this.version = this.published ? releasedVersion(this.outdir) : '0.0.0';
    this.package = new WorkspacePackage(this, {
      packageName: name,
      packageManager: javascript.NodePackageManager.NPM,
      description: options.description,
      license: 'Apache-2.0',
      repository: `git+${REPOSITORY}.git`,
      repositoryDirectory: options.folder,
      homepage: `${REPOSITORY}/tree/main/${options.folder}#readme`,
      bugsUrl: `${REPOSITORY}/issues`,
      authorName: AUTHOR,
      authorOrganization: true,
      minNodeVersion: MINIMUM_NODE,
      entrypoint: '',
      bin: options.bin,
      autoDetectBin: false,
      peerDependencyOptions: { pinnedDevDependency: false },
      deps: [...(options.deps ?? []).map(at), ...this.uses.map((used) => used.rangeFor(this))],
      devDeps: [...(options.devDeps ?? []).map(at), ...(options.testsUse ?? []).map((used) => used.rangeFor(this))],
      peerDeps: (options.peerDeps ?? []).map((peer) => `${peer}@${peerVersions[peer]}`),
    });
    for (const script of ['default', 'eject']) this.package.removeScript(script);
    if (this.published) new ApacheLicense(this);
    this.describePackage(options);
    this.configureTypeScript(options.jsx);
    this.gitignore.exclude(
      '/lib/',
      '/test-reports/',
      '/node_modules/',
      '/test/**/.examples/',
      ...(options.targets?.['bundle'] ? ['/assets/'] : []),
    );
  }

  /** `nx release` writes the ranges of what is published; what is not takes whatever version lies beside it. */
  private rangeFor({ published }: Workspace): string {
    if (!this.published) return `${this.name}@${this.version}`;
    return `${this.name}@${published ? `^${this.version}` : '>=0.0.0'}`;
  }

  private describePackage(options: WorkspaceOptions): void {
    const entries = Object.entries(options.entries ?? { '.': 'src/index' });
    const exported = entries.map(([subpath, module]) => [
      subpath,
      { types: `./lib/${module}.d.ts`, default: `./lib/${module}.js` },
    ]);
    const main = entries[0]?.[1] ?? 'src/index';
    this.package.addVersion(this.version);
    if (options.optionalDeps) this.package.addField('optionalDependencies', options.optionalDeps);
    this.package.addField('type', options.module ?? 'commonjs');
    this.package.addField('main', `lib/${main}.js`);
    this.package.addField('types', `lib/${main}.d.ts`);
    this.package.addField('exports', { ...Object.fromEntries(exported), './package.json': './package.json' });
    // For `moduleResolution: node10`, which knows no exports.
    const subpaths = entries.filter(([subpath]) => subpath !== '.');
    if (this.published && subpaths.length > 0) {
      const types = subpaths.map(([subpath, module]) => [subpath.replace('./', ''), [`./lib/${module}.d.ts`]]);
      this.package.addField('typesVersions', { '*': Object.fromEntries(types) });
    }
    if (this.published) {
      this.package.addField('files', ['lib', ...(options.files ?? []), 'API.md']);
      this.package.setScript(
        'prepack',
        `tsx ${'../'.repeat(this.folder.split('/').length)}projenrc/all-packages/prepack.ts`,
      );
      this.package.addField('publishConfig', { access: 'public' });
    } else {
      this.package.addField('private', true);
    }
    const targets = { compile: {}, typecheck: {}, lint: {}, test: {}, ...options.targets };
    const testsRead = options.testsRead?.map((file) => `{workspaceRoot}/${file}`);
    this.package.addField('nx', { includedScripts: [], ...(testsRead && { namedInputs: { testsRead } }), targets });
  }

  private configureTypeScript(jsx: string | undefined): void {
    const withJsx = jsx ? { jsx: 'react-jsx', jsxImportSource: jsx } : {};
    const base = `${'../'.repeat(this.folder.split('/').length)}tsconfig.base.json`;
    new JsonFile(this, 'tsconfig.json', {
      obj: {
        extends: base,
        compilerOptions: { rootDir: '.', outDir: 'lib', ...withJsx },
        include: this.sources.map((source) => (source === '.' ? '*.ts' : `${source}/**/*`)),
      },
    });
    new JsonFile(this, 'test/tsconfig.json', {
      obj: {
        extends: `../${base}`,
        compilerOptions: { noEmit: true, declaration: false, ...withJsx },
        include: [
          '**/*',
          '../*.ts',
          ...this.sources.filter((source) => source !== '.').map((source) => `../${source}/**/*`),
        ],
      },
    });
  }
}

/** The workspaces of a folder such as `packages`. */
export function workspacesIn(repository: Project, folder: string): Workspace[] {
  const workspaces = repository.subprojects.filter((project): project is Workspace => project instanceof Workspace);
  return workspaces.filter((workspace) => dirname(workspace.folder) === folder);
}

/** What generated files name as the place of a change: the root's. */
class RootProjenrc extends ProjenrcFile {
  readonly filePath = '.projenrc.ts';

  override preSynthesize(): void {}
}

/** The install of a workspace is the install of the repository, once. */
class WorkspacePackage extends javascript.NodePackage {
  private static installed = false;

  protected override installDependencies({ reason }: javascript.InstallTrigger): void {
    if (reason !== javascript.InstallReason.PACKAGE_JSON_CHANGED || WorkspacePackage.installed) return;
    WorkspacePackage.installed = true;
    this.project.root.tasks.runTask('install');
  }
}

/** `nx release` writes versions into package.json; a run of projen leaves them as they are. */
function releasedVersion(folder: string): string {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : '0.1.0';
}
