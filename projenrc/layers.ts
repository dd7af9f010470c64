import { basename } from 'node:path';
import { SCOPE, type Workspace } from './workspace';

/** The layers, highest first. Code imports from layers below its own, never from its own or a higher one. */
export interface Layers {
  readonly layers: Workspace[][];
  /** What only tests, the rehearsal and other tools may use. */
  readonly tools: Workspace[];
  /** The one workspace whose code may use the tools. */
  readonly rehearsal: Workspace;
}

/** One Biome override a workspace, and one a folder with a layer: what its code must not import. Of several overrides the last one holds. */
export function layerRules({ layers, tools, rehearsal }: Layers): object[] {
  const all = [...layers.flat(), ...tools];
  return all.flatMap((workspace) => {
    const level = layers.findIndex((layer) => layer.includes(workspace));
    // A tool may use the tools it names.
    const below = level < 0 ? workspace.uses : layers.slice(level + 1).flat();
    const allowed = workspace === rehearsal ? [...below, ...tools] : below;
    const names = all.filter((other) => !allowed.includes(other)).map(({ name }) => name.replace(`${SCOPE}/`, ''));
    const group = [...withFilesOf(`${SCOPE}/{${names}}`), ...relativePaths(all.filter((other) => other !== workspace))];
    const ofWorkspace = {
      includes: workspace.sources.map((source) => `${workspace.folder}/${source === '.' ? '*.ts' : `${source}/**`}`),
      linter: { rules: { style: { noRestrictedImports: restricted([namesOf(workspace, group)]) } } },
    };
    const ofFolders = workspace.layers.map((folder, index) => ({
      includes: [`${workspace.folder}/${workspace.layersIn}/${folder}/**`],
      linter: {
        rules: {
          style: {
            noRestrictedImports: restricted([
              namesOf(workspace, group),
              foldersAbove(workspace, folder, workspace.layers.slice(0, index)),
            ]),
          },
        },
      },
    }));
    return [ofWorkspace, ...ofFolders];
  });
}

interface Pattern {
  readonly group: string[];
  readonly message: string;
}

function namesOf({ name }: Workspace, group: string[]): Pattern {
  const message = `${name} may import ${SCOPE} packages only from the layers below it: see docs/architecture.md.`;
  return { group, message };
}

function foldersAbove({ folder, layers, layersIn }: Workspace, name: string, above: readonly string[]): Pattern {
  const group = above.length === 0 ? [] : withFilesOf(`**/../{${above}}`);
  const message = `${folder}/${layersIn}/${name} may import only from the folders below it: ${layers.join(', ')}.`;
  return { group, message };
}

/** The ways into other workspaces past their package.json. */
function relativePaths(others: readonly Workspace[]): string[] {
  const within = new Set(others.flatMap(({ sources }) => [...sources.filter((source) => source !== '.'), 'lib']));
  const withFilesAtTop = others.filter(({ sources }) => sources.includes('.'));
  return [
    `**/../**/{${others.map(({ folder }) => basename(folder))}}/{${[...within]}}/**`,
    ...withFilesAtTop.map(({ folder }) => `**/../**/${basename(folder)}/*`),
  ];
}

/** An import of a folder by its name, and of what is in it. */
function withFilesOf(folder: string): string[] {
  return [folder, `${folder}/**`];
}

function restricted(patterns: Pattern[]): object {
  return { level: 'error', options: { patterns } };
}
