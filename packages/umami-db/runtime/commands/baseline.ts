import { readFileSync } from 'node:fs';
import type { Baseline } from '../baseline/baseline';
import { captureBaseline } from '../baseline/capture';
import { compareBaselines } from '../baseline/compare';
import { baselineMarkdown, notReadLine } from '../baseline/report';
import { UsageError } from '../cli/failure';
import type { CaptureFlags, Flags } from '../cli/options';
import type { Output } from '../cli/output';
import { withSession } from '../cli/session';

/** Exit code of a comparison that found something. */
const FOUND = 3;

/** Prints a baseline as JSON, and on stderr what it lacks. */
export async function captureCommand(flags: Flags & CaptureFlags, output: Output): Promise<number> {
  return withSession(flags, async ({ client, target: umami }) => {
    const { seconds, samples } = flags;
    const baseline = await output.whileRunning(() => captureBaseline(client, { umami, seconds, samples }));
    for (const entry of baseline.notRead) output.progress(notReadLine(entry));
    process.stdout.write(`${JSON.stringify(baseline)}\n`);
    return 0;
  });
}

export function compareCommand(before: string, after: string, output: Output): number {
  const comparison = compareBaselines(read(before), read(after));
  output.result(comparison, [baselineMarkdown(comparison)]);
  if (comparison.refused.length > 0) return 1;
  return comparison.figures.some(({ verdict }) => verdict === 'worse') ? FOUND : 0;
}

/** @throws UsageError for a file that holds no baseline */
function read(file: string): Baseline {
  try {
    const found = Object(JSON.parse(readFileSync(file, 'utf8')));
    if (found.format === 1 && Object(found.identity) === found.identity && Array.isArray(found.figures)) return found;
    throw new Error(`format must be 1, got: ${found.format}`);
  } catch (error) {
    throw new UsageError(
      `${file} is no baseline: ${(error as Error).message}. Make one with: umami-db baseline capture > ${file}`,
    );
  }
}
