import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Application, type TypeDocOptions } from 'typedoc';
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
 * Writes API.md: one section for each module that others import.
 *
 * @param folder folder of a package, compiled already
 * @throws Error when a doc comment refers to what is not there, or the sources do not compile
 */
export async function writeApiDocs(folder: string): Promise<void> {
  const manifest: Manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const sections: string[] = [];
  for (const [specifier, file] of Object.entries(entriesOf(manifest))) {
    sections.push(`## ${specifier}\n\n${await reference(folder, file)}`);
  }
  const title = `# ${manifest.name}: reference\n\nWritten by \`npx projen api\` from the doc comments; do not edit.`;
  await writeFile(join(folder, 'API.md'), `${[title, ...sections].join('\n\n').trimEnd()}\n`);
}

async function reference(folder: string, entry: string): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'user-metrics-api-'));
  try {
    const app = await Application.bootstrapWithPlugins({
      ...OPTIONS,
      plugin: ['typedoc-plugin-markdown'],
      outputs: [{ name: 'markdown', path: out }],
      entryPoints: [join(folder, entry)],
      tsconfig: join(folder, 'tsconfig.json'),
    });
    const project = await app.convert();
    if (!project || app.logger.hasErrors()) throw new Error(`${entry} of ${folder} has errors`);
    app.validate(project);
    if (app.logger.hasWarnings()) throw new Error(`${entry} of ${folder} has doc comments to fix`);
    await app.generateOutputs(project);
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
