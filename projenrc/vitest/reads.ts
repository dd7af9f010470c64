/** A file that a test reads, and the inputs of its target, all relative to the repository. */
export interface Read {
  readonly file: string;
  /** Folder of the workspace whose test it is; empty for the repository's own. */
  readonly workspace: string;
  /** Paths, and patterns of everything in a folder, that its targets name. */
  readonly inputs: readonly string[];
}

/** Whether nx runs the test again when the file changes: as its own, as code of a dependency, or as a named input. */
export function isInput({ file, workspace, inputs }: Read): boolean {
  const owner = workspaceOf(file);
  if (owner === workspace || workspace.startsWith(file) || /(^|\/)node_modules\//.test(file)) return true;
  // `^compilation` in nx.json: what a dependency hands on.
  const handedOn = owner !== '' && workspace !== '' && !file.endsWith('.md') && !file.startsWith(`${owner}/test/`);
  return handedOn || inputs.some((input) => matches(input, file));
}

/** A folder matches when everything in it does. */
function matches(input: string, file: string): boolean {
  const pattern = input
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('/**/*', '(/.*)?')
    .replaceAll(/(?<![.)])\*/g, '[^/]*');
  return new RegExp(`^${pattern}$`).test(file);
}

function workspaceOf(file: string): string {
  return /^(?:packages|apps|tools|sst)\/[^/]+/.exec(file)?.[0] ?? '';
}
