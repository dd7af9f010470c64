import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Account } from './account';

/** No check of a stage takes longer, in milliseconds. */
const TIME_LIMIT = 120_000;

/** What the command prints with `--json`, as far as the check reads it. */
export interface TagReport {
  readonly findings: readonly {
    readonly id: string;
    readonly problems?: readonly string[];
    readonly reason?: string;
  }[];
  readonly summary: { readonly checked: number; readonly compliant: number };
  readonly costAllocationTags: { readonly keys: { readonly [key: string]: string } } | { readonly unknown: string };
}

/** What became of the command. */
export interface TagComplianceRun {
  readonly exitCode: number;
  readonly report: TagReport;
}

/** Runs `tag-compliance --json` in the account, over the stacks of the foundation. */
export async function runTagCompliance({ env }: Pick<Account, 'env'>, signal?: AbortSignal): Promise<TagComplianceRun> {
  const manifest = createRequire(__filename).resolve('@user-metrics/tagging/package.json');
  const args = [join(dirname(manifest), 'bin', 'tag-compliance.js'), '--json'];
  const options = { env, timeout: TIME_LIMIT, maxBuffer: 2 ** 24, ...(signal ? { signal } : {}) };
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, args, options, (_, stdout, stderr) => {
      try {
        resolve({ exitCode: child.exitCode ?? -1, report: JSON.parse(stdout) });
      } catch {
        reject(new Error(`tag-compliance printed no report: ${stderr.trim() || stdout.trim()}`));
      }
    });
  });
}

/** What is wrong with it, when so many resources of the stacks take tags. */
export function notCompliant({ exitCode, report }: TagComplianceRun, taggable: number): string[] {
  const { findings, summary, costAllocationTags } = report;
  return [
    ...findings.map(({ id, problems = [], reason = '' }) => `${id}: ${problems.join(' ') || reason}`),
    ...(exitCode === (findings.length > 0 ? 1 : 0) ? [] : [`the exit code is ${exitCode}`]),
    ...(summary.checked === taggable ? [] : [`it checked ${summary.checked} of ${taggable} taggable resources`]),
    ...('unknown' in costAllocationTags ? [`cost allocation tags: ${costAllocationTags.unknown}`] : []),
  ];
}
