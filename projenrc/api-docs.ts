import type { Project } from 'projen';
import { Workspace } from './workspace';

/**
 * What writes API.md. TypeDoc reads the compiler of TypeScript 6, and the repository is compiled by 7: in a workspace of
 * their own each has the one it needs.
 */
export class ApiDocs extends Workspace {
  constructor(parent: Project) {
    super(parent, {
      folder: 'tools/api-docs',
      description: "Writes a package's API.md from its doc comments",
      deps: ['typedoc', 'typedoc-plugin-markdown'],
      module: 'module',
    });
    this.package.addDeps('typescript@~6.0.3');
  }
}
