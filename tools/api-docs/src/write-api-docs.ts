import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Application, type ProjectReflection, type TypeDocOptions } from 'typedoc';
import type { PluginOptions } from 'typedoc-plugin-markdown';

/** A package.json, as far as its entries are concerned. */
export interface Manifest {
  readonly name: string;
  readonly exports: { readonly [subpath: string]: string | { readonly types: string } };
}

/** What a reader of the reference wants: what is exported, and what of it is ours. */
const OPTIONS: Partial<TypeDocOptions & PluginOptions> = {
  readme: 'none',
  disableSources: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeProtected: true,
  logLevel: 'Warn',
  validation: { notExported: false, invalidLink: true },
  treatWarningsAsErrors: true,
  outputFileStrategy: 'modules',
  hidePageHeader: true,
  hidePageTitle: true,
  hideBreadcrumbs: true,
  useCodeBlocks: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  tableColumnSettings: { hideSources: true, hideInherited: true },
};

/**
 * Source files of the modules that others import, by what they import them as.
 *
 * @param manifest package.json of the package
 */
export function entriesOf({ name, exports }: Manifest): { readonly [specifier: string]: string } {
  return Object.fromEntries(
    Object.entries(exports).flatMap(([subpath, target]) =>
      typeof target === 'string'
        ? []
        : [[name + subpath.slice(1), target.types.replace(/^\.\/lib\//, '').replace(/\.d\.ts$/, '.ts')]],
    ),
  );
}

/**
 * Writes API.md of each package: one section for each module that others import.
 *
 * @param folders folders of packages, compiled already, which have the same settings of the compiler
 * @throws Error when a doc comment refers to what is not there, or an entry is missing
 */
export async function writeApiDocs(...folders: readonly string[]): Promise<void> {
  const packages = await Promise.all(folders.map(readPackage));
  const files = packages.flatMap(({ entries }) => entries.map(({ file }) => file));
  const app = await Application.bootstrapWithPlugins({
    ...OPTIONS,
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: files,
    tsconfig: join(folders[0] ?? '.', 'tsconfig.json'),
  });
  // One program of the compiler for all of them: most of the time is reading the types of aws-cdk-lib.
  const { rootDir: _, ...settings } = app.options.getCompilerOptions(app.logger);
  app.options.setCompilerOptions(files, settings, undefined);
  const points = new Map(app.getEntryPoints()?.map((point) => [point.sourceFile.fileName, point]));
  if (points.size < files.length || app.logger.hasErrors()) throw new Error(`${folders.join(', ')} has errors`);
  for (const { folder, name, entries } of packages) {
    const sections: string[] = [];
    for (const { specifier, file } of entries) {
      const project = app.converter.convert([points.get(file)].filter((point) => point !== undefined));
      app.validate(project);
      if (app.logger.hasErrors() || app.logger.hasWarnings()) {
        throw new Error(`${relative(folder, file)} of ${folder} has doc comments to fix`);
      }
      sections.push(`## ${specifier}\n\n${await reference(app, project)}`);
    }
    const title = `# ${name}: reference\n\nWritten by \`npx projen api\` from the doc comments; do not edit.`;
    await writeFile(join(folder, 'API.md'), `${[title, ...sections].join('\n\n').trimEnd()}\n`);
  }
}

async function readPackage(folder: string) {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const entries = Object.entries(entriesOf(manifest)).map(([specifier, file]) => ({
    specifier,
    file: resolve(folder, file),
  }));
  return { folder, name: manifest.name, entries };
}

async function reference(app: Application, project: ProjectReflection): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'user-metrics-api-'));
  try {
    await app.outputs.writeOutput({ name: 'markdown', path: out }, project);
    const files = (await readdir(out, { recursive: true })).filter((name) => name.endsWith('.md'));
    const texts = await Promise.all(files.sort().map((name) => readFile(join(out, name), 'utf8')));
    // One level down: the title of the file is the first one.
    return texts
      .join('\n')
      .trim()
      .replace(/^(#+) /gm, '#$1 ');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
