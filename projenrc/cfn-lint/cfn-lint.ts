import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Newer ones come by hand: a new rule must not break a build that nobody changed. */
export const CFN_LINT_VERSION = '1.58.0';

/** W3005: a DependsOn that a reference implies already; CDK writes them, and they do no harm. */
const IGNORED = ['W3005'];

/** Where a run says what it does, and the environment that it runs in. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

/**
 * Lints the templates in a folder with cfn-lint, which is installed into the user's cache folder the first time.
 *
 * @returns exit code: 0 when nothing is found or there is no Python, 1 when something is, or it cannot be installed
 */
export function lintTemplates(folder: string, { env, say }: Surroundings): number {
  const templates = existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.template.json'))
    : [];
  if (templates.length === 0) {
    say(`\`folder\` must hold synthesised templates, got: ${folder}. Synthesise first: npx projen synth`);
    return 1;
  }
  if (run('python3', ['-c', 'import venv'], env, 'ignore') !== 0) {
    say('cfn-lint is skipped: there is no Python 3 with venv on this machine.');
    return 0;
  }
  const cfnLint = installed(env, say);
  if (!cfnLint) return 1;
  const files = templates.map((name) => join(folder, name));
  // A warning is a finding, too: 4 is cfn-lint's exit code for warnings alone.
  const code = run(cfnLint, ['--ignore-checks', ...IGNORED, '--', ...files], env, 'inherit');
  if (code === 0) say(`cfn-lint ${CFN_LINT_VERSION}: nothing found in ${files.length} templates.`);
  return code === 0 ? 0 : 1;
}

/** The command, in an environment of its own. An interrupted installation is done again. */
function installed(env: NodeJS.ProcessEnv, say: Surroundings['say']): string | undefined {
  const cache = env['XDG_CACHE_HOME'] || join(env['HOME'] ?? homedir(), '.cache');
  const folder = join(cache, 'user-metrics', `cfn-lint-${CFN_LINT_VERSION}`);
  const cfnLint = join(folder, 'bin', 'cfn-lint');
  const complete = join(folder, 'complete');
  if (existsSync(complete)) return cfnLint;
  say(`Installing cfn-lint ${CFN_LINT_VERSION} into ${folder}, once …`);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `cfn-lint==${CFN_LINT_VERSION}`];
  const done =
    run('python3', ['-m', 'venv', '--clear', folder], env, 'inherit') === 0 &&
    run(join(folder, 'bin', 'python'), install, env, 'inherit') === 0;
  if (!done) {
    say('cfn-lint must be installable from PyPI. Check the network, or point pip at a mirror with PIP_INDEX_URL.');
    return undefined;
  }
  writeFileSync(complete, '');
  return cfnLint;
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv, stdio: 'ignore' | 'inherit'): number | null {
  return spawnSync(command, args, { env, stdio, timeout: 300_000 }).status;
}
