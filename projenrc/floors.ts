import { basename } from 'node:path';
import { SCOPE, type Workspace } from './workspace';

/** The layers, highest first. Code imports from layers below its own, never from its own or a higher one. */
export interface Floors {
  readonly floors: Workspace[][];
  /** What only tests, the rehearsal and other tools may use. */
  readonly tools: Workspace[];
  /** The one workspace whose code may use the tools. */
  readonly rehearsal: Workspace;
}

/** One Biome override a workspace: the names that its own code must not import. */
export function floorRules({ floors, tools, rehearsal }: Floors): object[] {
  const all = [...floors.flat(), ...tools];
  return all.map((workspace) => {
    const level = floors.findIndex((floor) => floor.includes(workspace));
    // A tool may use the tools it names.
    const below = level < 0 ? workspace.uses : floors.slice(level + 1).flat();
    const allowed = workspace === rehearsal ? [...below, ...tools] : below;
    const group = [
      ...all.filter((other) => !allowed.includes(other)).flatMap(({ name }) => [name, `${name}/**`]),
      ...all.filter((other) => other !== workspace).flatMap(relativePaths),
    ];
    return {
      includes: workspace.sources.map((source) => `${workspace.folder}/${source === '.' ? '*.ts' : `${source}/**`}`),
      linter: { rules: { style: { noRestrictedImports: restricted(workspace, group) } } },
    };
  });
}

/** The ways into another workspace past its package.json. */
function relativePaths({ folder, sources }: Workspace): string[] {
  return [...sources, 'lib'].map((source) => `**/../${basename(folder)}/${source === '.' ? '*' : `${source}/**`}`);
}

function restricted(workspace: Workspace, group: string[]): object {
  const message = `${workspace.name} may import ${SCOPE} packages only from the floors below it: see docs/architecture.md.`;
  return { level: 'error', options: { patterns: [{ group, message }] } };
}
