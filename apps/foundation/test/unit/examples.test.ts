import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const REPOSITORY = join(__dirname, '..', '..', '..', '..');
const EXAMPLES = join(REPOSITORY, 'examples');
const examples = readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'user-metrics-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(args: string[], env: NodeJS.ProcessEnv = {}): void {
  const options = { cwd: REPOSITORY, env: { ...process.env, ...env }, stdio: 'pipe', encoding: 'utf8' } as const;
  execFileSync(process.execPath, args, options);
}

test('all examples compile', () => {
  const tsconfig = join(folder, 'tsconfig.json');
  const compilerOptions = { noEmit: true, declaration: false, typeRoots: [join(REPOSITORY, 'node_modules/@types')] };
  const include = [join(EXAMPLES, '**/*.ts')];
  writeFileSync(
    tsconfig,
    JSON.stringify({ extends: join(REPOSITORY, 'tsconfig.base.json'), compilerOptions, include }),
  );
  run([join(REPOSITORY, 'node_modules/typescript/bin/tsc'), '-p', tsconfig]);
}, 60_000);

describe.each(examples)('%s', (name) => {
  test('synthesises', () => {
    const outdir = join(folder, name);
    run(['--import', 'tsx', join(EXAMPLES, name, 'app.ts')], { CDK_OUTDIR: outdir });
    const template = JSON.parse(readFileSync(join(outdir, 'Observability.template.json'), 'utf8'));
    expect(Object.keys(template.Resources).length).toBeGreaterThan(10);
    expect(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')).missing ?? []).toEqual([]);
  }, 60_000);

  test('is in the list of examples', () => {
    expect(readFileSync(join(EXAMPLES, 'README.md'), 'utf8')).toContain(`](${name}/app.ts)`);
  });
});
