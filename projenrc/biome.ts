import { JsonFile, type Project } from 'projen';
import { type Layers, layerRules } from './layers';
import { versions } from './versions';

/** Fails for files that import each other, if only types. */
export const CIRCLES = 'biome lint --error-on-warnings --only=suspicious/noImportCycles';

/** Formatting, lint rules and the layers, for the whole repository. */
export function configureBiome(project: Project, layers: Layers): void {
  new JsonFile(project, 'biome.json', {
    marker: false, // Biome refuses unknown keys, and a comment needs another file name.
    obj: {
      $schema: `https://biomejs.dev/schemas/${versions['@biomejs/biome']}/schema.json`,
      vcs: { enabled: true, clientKind: 'git', useIgnoreFile: true },
      files: { includes: ['**', '!**/*.json', '!**/test/fixtures'] },
      formatter: { indentStyle: 'space', lineWidth: 120 },
      javascript: { formatter: { quoteStyle: 'single' } },
      assist: { actions: { source: { organizeImports: 'on' } } },
      linter: {
        rules: {
          preset: 'recommended',
          complexity: { useLiteralKeys: 'off' },
          correctness: { noUnusedImports: 'error', noUnusedVariables: 'error' },
          style: { useNodejsImportProtocol: 'error', useThrowOnlyError: 'error', noNonNullAssertion: 'error' },
          suspicious: {
            noExplicitAny: 'error',
            noConsole: 'error',
            // It reads the whole repository each time: see CIRCLES.
            noImportCycles: { level: 'off', options: { ignoreTypes: false } },
          },
        },
      },
      overrides: [...layerRules(layers), declaredDependencies, workflowExpressions],
    },
  });
}

/**
 * What a package imports must be listed in its package.json: hoisting would hide a missing line. Constructs import nothing
 * that npm would not install with them; a bundled function does.
 */
const declaredDependencies = {
  includes: ['{packages,apps,sst,tools}/**/{src,runtime}/**'],
  linter: {
    rules: {
      correctness: {
        noUndeclaredDependencies: {
          level: 'error',
          options: { devDependencies: ['**/runtime/**', '{apps,tools}/**'] },
        },
      },
    },
  },
};

/** `${{ … }}` is for GitHub, not for us. */
const workflowExpressions = {
  includes: ['projenrc/{release/workflow,workflows}.ts', 'projenrc/test/**'],
  linter: { rules: { suspicious: { noTemplateCurlyInString: 'off' } } },
};
