import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..');
const CONFIGURATION = join(REPOSITORY, 'biome.json');

const ALLOWED: readonly (readonly [file: string, module: string])[] = [
  ['packages/network/src/nat.ts', '@user-metrics/tagging'],
  ['packages/network/src/nat.ts', '@user-metrics/tagging/schema'],
  ['sst/observability/tags.ts', '@user-metrics/tagging/schema'],
  ['apps/foundation/src/index.ts', '@user-metrics/network'],
  ['apps/foundation/src/index.ts', '@user-metrics/sst/contract'],
  ['apps/foundation/src/verification/network/subnets.ts', '../../account/clients'],
  ['apps/foundation/src/account/clients.ts', '../stacks/stack-names'],
  ['packages/umami-db/runtime/provision/plan.ts', '../inspection/inspect'],
  ['apps/rehearsal/src/cli.ts', '@user-metrics/foundation'],
  ['apps/rehearsal/src/cli.ts', '@user-metrics/postgres-server'],
  ['packages/umami-db/test/integration/global-setup.ts', '@user-metrics/postgres-server'],
  ['tools/local-aws/src/start.ts', '@user-metrics/supervisor'],
  ['packages/cost/runtime/cost-tags/command.ts', '@aws-sdk/client-budgets'],
];

const REFUSED: readonly (readonly [how: string, file: string, module: string])[] = [
  ['sideways', 'packages/network/src/nat.ts', '@user-metrics/storage'],
  ['sideways past package.json', 'packages/network/src/nat.ts', '../../storage/src/index'],
  ['sideways past package.json from a deeper folder', 'packages/network/src/deep/nat.ts', '../../../storage/src/index'],
  ['past package.json to what is compiled', 'packages/network/src/nat.ts', '../../storage/lib/src/index'],
  [
    'past package.json to a package of a layer below',
    'apps/foundation/src/index.ts',
    '../../../packages/network/src/nat',
  ],
  ['past package.json to a file beside it', 'apps/foundation/src/index.ts', '../../../sst/observability/contract'],
  ['sideways from what runs in Lambda', 'packages/umami-db/runtime/index.ts', '@user-metrics/cost'],
  ['upwards', 'packages/tagging/src/index.ts', '@user-metrics/network'],
  ['upwards to the app', 'sst/observability/contract.ts', '@user-metrics/foundation'],
  ['upwards to the rehearsal', 'apps/foundation/src/index.ts', '@user-metrics/rehearsal'],
  ['of a tool that it does not name', 'tools/local-aws/src/start.ts', '@user-metrics/postgres-server'],
  ['upwards in its folders', 'apps/foundation/src/account/clients.ts', '../commands/options'],
  [
    'upwards in its folders from a deeper folder',
    'apps/foundation/src/verification/network/subnets.ts',
    '../../commands/options',
  ],
  ['upwards in the folders of what runs in Lambda', 'packages/umami-db/runtime/inspection/a.ts', '../provision/plan'],
  ['upwards to the file index.ts of a folder', 'packages/umami-db/runtime/cloudformation/a.ts', '../commands'],
  ['of a tool from a folder with a layer', 'apps/foundation/src/account/clients.ts', '@user-metrics/postgres-server'],
  ['of a tool', 'packages/umami-db/src/index.ts', '@user-metrics/postgres-server'],
  ['of a tool into the app', 'apps/foundation/src/index.ts', '@user-metrics/postgres-server'],
];

const UNDECLARED: readonly (readonly [what: string, file: string, module: string])[] = [
  ['does not declare', 'packages/network/src/nat.ts', 'left-pad'],
  ['declares for tests and bundles alone', 'packages/cost/src/cost-budget.ts', '@aws-sdk/client-budgets'],
];

/** Biome reads imports against package.json files, so the cases are lines of real files, in a copy of the layout. */
const COPY = mkdtempSync(join(tmpdir(), 'layers-'));
const broken = new Map<string, string[]>();
beforeAll(() => {
  const { overrides } = JSON.parse(readFileSync(CONFIGURATION, 'utf8'));
  const configuration = { root: true, linter: { rules: { preset: 'none' } }, overrides };
  writeFileSync(join(COPY, 'biome.json'), JSON.stringify(configuration));
  const lines: Record<string, string[]> = {};
  for (const [file, module] of [...ALLOWED, ...[...REFUSED, ...UNDECLARED].map(([, ...rest]) => rest)])
    lines[file] = [...(lines[file] ?? []), module];
  for (const [file, modules] of Object.entries(lines)) {
    const [workspace = ''] = /^[^/]+\/[^/]+/.exec(file) ?? [];
    mkdirSync(dirname(join(COPY, file)), { recursive: true });
    writeFileSync(join(COPY, workspace, 'package.json'), readFileSync(join(REPOSITORY, workspace, 'package.json')));
    for (const [index, module] of modules.entries())
      appendFileSync(join(COPY, file), `import imported${index} from '${module}';\n`);
    appendFileSync(join(COPY, file), `export { ${modules.map((_, index) => `imported${index}`)} };\n`);
  }
  for (const { category, location } of lint()) {
    const module = lines[location.path]?.[location.start.line - 1];
    const key = `${location.path} ${module}`;
    broken.set(key, [...(broken.get(key) ?? []), category.replace(/^lint\/\w+\//, '')]);
  }
});
afterAll(() => rmSync(COPY, { recursive: true, force: true }));

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string; readonly start: { readonly line: number } };
}

function lint(): Diagnostic[] {
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '--config-path', COPY, COPY];
  const biome = join(REPOSITORY, 'node_modules', '.bin', 'biome');
  const { stdout } = spawnSync(biome, args, { cwd: COPY, encoding: 'utf8' });
  return JSON.parse(stdout.slice(stdout.indexOf('{"summary"'))).diagnostics;
}

/** Names of the rules that an import breaks in a file. */
const rulesBrokenBy = (file: string, module: string) => broken.get(`${file} ${module}`) ?? [];

test.each(ALLOWED)('code may import %s: %s', (file, module) => {
  expect(rulesBrokenBy(file, module)).toEqual([]);
});

test.each(REFUSED)('fails for an import %s: %s imports %s', (_, file, module) => {
  expect(rulesBrokenBy(file, module)).toContain('noRestrictedImports');
});

test.each(UNDECLARED)('fails for an import that package.json %s: %s imports %s', (_, file, module) => {
  expect(rulesBrokenBy(file, module)).toEqual(['noUndeclaredDependencies']);
});
