import { cpSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Check, Report } from '@user-metrics/foundation/report';
import { runFoundation } from '../../account/foundation-command';
import { type RehearsalContext, required } from '../../context';
import { RehearsalError } from '../../rehearsal-error';
import type { CheckId } from '../../report/check';

type OnProgress = (message: string) => void;

/** Notes what a deployment of the user's own configuration has verified, and keeps its report; gives where that is. */
export function noteVerification(context: RehearsalContext): string {
  const written = join(dirname(required(context, 'account').config.file), 'verification');
  if (!existsSync(written)) return 'not verified';
  const output = join(context.options.output, 'verification');
  cpSync(written, output, { recursive: true });
  const { checks }: Report = JSON.parse(readFileSync(join(output, 'report.json'), 'utf8'));
  context.checklist.recordVerified(checks);
  const evidence = `${checks.length} criteria: ${join(output, 'report.html')}`;
  context.checklist.verdict(
    'work.verify',
    checks.filter(isWrong).map(({ id, status, evidence: why }) => `${id} ${status}: ${why}`),
    evidence,
  );
  return evidence;
}

/**
 * Runs `verify`, as a user would, when another configuration is deployed. What it says stands apart, and its report in a
 * folder of its own.
 *
 * @param when what the rehearsal has done
 */
export async function verifyAgain(context: RehearsalContext, when: string, onProgress: OnProgress): Promise<void> {
  const output = join(context.options.output, `verification ${when}`.replaceAll(' ', '-'));
  // The table and the JSON are for the report.
  const options = {
    signal: context.signal,
    onProgress: (line: string) => {
      if (/^\d+ of \d+: /.test(line)) onProgress(line);
    },
  };
  const result = await runFoundation(required(context, 'account'), 'verify', options, ['--json', '--output', output]);
  const checks = reportIn(result.printed)?.checks;
  if (!checks) {
    context.checklist.recordLater(when, 'work.verify', 'fail', result.output);
    throw new RehearsalError(`verify printed no report:\n${result.output}`);
  }
  for (const check of checks) {
    const { status, evidence } = check;
    context.checklist.recordLater(when, check.id as CheckId, isWrong(check) ? 'fail' : status, evidence);
  }
}

/** The administrator of the account may read everything, so that nothing has to be unknown. */
function isWrong({ status }: Check): boolean {
  return status === 'fail' || status === 'unknown';
}

function reportIn(printed: string): Report | undefined {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
