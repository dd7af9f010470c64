import { join } from 'node:path';
import type { Check, Report } from '@user-metrics/foundation/report';
import { runFoundation } from '../../account/foundation-command';
import { type RehearsalContext, required } from '../../context';
import { RehearsalError } from '../../rehearsal-error';
import type { CheckId } from '../../report/check';
import { seconds } from './deploy';

type OnProgress = (message: string) => void;

/** Runs `verify`, as a user would: its report is of the user's own configuration. */
export async function verify(context: RehearsalContext, onProgress: OnProgress): Promise<string> {
  const output = join(context.options.output, 'verification');
  const { report, took } = await runVerify(context, output, onProgress);
  context.checklist.recordVerified(report.checks);
  const evidence = `${report.checks.length} criteria in ${took}: ${join(output, 'report.html')}`;
  context.checklist.verdict(
    'work.verify',
    report.checks.filter(isWrong).map(({ id, status, evidence: why }) => `${id} ${status}: ${why}`),
    evidence,
  );
  return evidence;
}

/**
 * Runs it again when another configuration is deployed. What it says stands apart, and its report in a folder of its own.
 *
 * @param when what the rehearsal has done
 */
export async function verifyAgain(context: RehearsalContext, when: string, onProgress: OnProgress): Promise<void> {
  const output = join(context.options.output, `verification ${when}`.replaceAll(' ', '-'));
  const { report } = await runVerify(context, output, onProgress);
  for (const check of report.checks) {
    const id = check.id as CheckId;
    const { status, evidence } = check;
    context.checklist.recordLater(when, id, isWrong(check) ? 'fail' : status, evidence);
  }
}

/** The administrator of the account may read everything, so that nothing has to be unknown. */
function isWrong({ status }: Check): boolean {
  return status === 'fail' || status === 'unknown';
}

async function runVerify(context: RehearsalContext, output: string, onProgress: OnProgress) {
  // The table and the JSON are for the report.
  const options = {
    signal: context.signal,
    onProgress: (line: string) => {
      if (/^\d+ of \d+: /.test(line)) onProgress(line);
    },
  };
  const result = await runFoundation(required(context, 'account'), 'verify', options, ['--json', '--output', output]);
  const report = reportIn(result.printed);
  if (report) return { report, took: seconds(result) };
  context.checklist.record('work.verify', 'fail', result.output);
  throw new RehearsalError(`verify printed no report:\n${result.output}`);
}

function reportIn(printed: string): Report | undefined {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
