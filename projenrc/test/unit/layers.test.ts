import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..');
const CONFIGURATION = join(REPOSITORY, 'biome.json');
/** Biome reads imports against package.json files, so the cases are real files, in a copy of the layout. */
const COPY = mkdtempSync(join(tmpdir(), 'layers-'));
afterAll(() => rmSync(COPY, { recursive: true, force: true }));

/** Names of the rules that a line breaks in a file. */
function rulesBrokenBy(file: string, line: string): string[] {
  for (const folder of ['packages', 'apps', 'sst', 'tools'])
    rmSync(join(COPY, folder), { recursive: true, force: true });
  const path = join(COPY, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${line}\nexport const used = imported;\n`);
  const [workspace = ''] = /^[^/]+\/[^/]+/.exec(file) ?? [];
  writeFileSync(join(COPY, workspace, 'package.json'), readFileSync(join(REPOSITORY, workspace, 'package.json')));
  const { overrides } = JSON.parse(readFileSync(CONFIGURATION, 'utf8'));
  writeFileSync(
    join(COPY, 'biome.json'),
    JSON.stringify({ root: true, linter: { rules: { preset: 'none' } }, overrides }),
  );
  const args = ['lint', '--reporter=json', '--config-path', COPY, path];
  return rulesIn(biome(args));
}

function biome(args: string[]): string {
  try {
    return execFileSync(join(REPOSITORY, 'node_modules', '.bin', 'biome'), args, {
      cwd: COPY,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    return String((error as { stdout: string }).stdout);
  }
}

function rulesIn(output: string): string[] {
  const { diagnostics } = JSON.parse(output.slice(output.indexOf('{"summary"'))) as {
    diagnostics: { category: string }[];
  };
  return diagnostics.map(({ category }) => category.replace(/^lint\/\w+\//, '')).sort();
}

describe('code may import', () => {
  test.each([
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
  ])('%s: %s', (file, module) => {
    expect(rulesBrokenBy(file, `import imported from '${module}';`)).toEqual([]);
  });
});

describe('fails for an import', () => {
  test.each([
    ['sideways', 'packages/network/src/nat.ts', '@user-metrics/storage'],
    ['sideways past package.json', 'packages/network/src/nat.ts', '../../storage/src/index'],
    [
      'sideways past package.json from a deeper folder',
      'packages/network/src/deep/nat.ts',
      '../../../storage/src/index',
    ],
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
  ])('%s: %s imports %s', (_, file, module) => {
    expect(rulesBrokenBy(file, `import imported from '${module}';`)).toContain('noRestrictedImports');
  });

  test('that package.json does not declare', () => {
    expect(rulesBrokenBy('packages/network/src/nat.ts', "import imported from 'left-pad';")).toEqual([
      'noUndeclaredDependencies',
    ]);
  });
});
