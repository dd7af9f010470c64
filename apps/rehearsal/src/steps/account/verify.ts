import { join } from 'node:path';
import type { CriterionId } from '@user-metrics/foundation';
import type { Report } from '@user-metrics/foundation/report';
import { runFoundation } from '../../account/foundation-command';
import { type RehearsalContext, required } from '../../context';
import { RehearsalError } from '../../rehearsal-error';
import { seconds } from './deploy';

/** What was in the database before the function that reads it: the rehearsal has read that itself, and compares it later. */
const BEFORE_THE_FUNCTION: CriterionId = '1.2.IV1';

/** Runs `verify`, as a user would: its report is of the user's own configuration. */
export async function verify(context: RehearsalContext, onProgress: (message: string) => void): Promise<string> {
  const output = join(context.options.output, 'verification');
  // The table and the JSON are for the report.
  const options = {
    signal: context.signal,
    onProgress: (line: string) => {
      if (/^\d+ of \d+: /.test(line)) onProgress(line);
    },
  };
  const result = await runFoundation(required(context, 'account'), 'verify', options, ['--json', '--output', output]);
  const report = reportIn(result.printed);
  if (!report) {
    context.checklist.record('work.verify', 'fail', result.output);
    throw new RehearsalError(`verify printed no report:\n${result.output}`);
  }
  context.checklist.recordVerified(report.checks);
  const wrong = report.checks.filter(
    ({ id, status }) => status === 'fail' || (status === 'unknown' && id !== BEFORE_THE_FUNCTION),
  );
  const evidence = `${report.checks.length} criteria in ${seconds(result)}: ${join(output, 'report.html')}`;
  context.checklist.verdict(
    'work.verify',
    wrong.map(({ id, status, evidence: why }) => `${id} ${status}: ${why}`),
    evidence,
  );
  return evidence;
}

function reportIn(printed: string): Report | undefined {
  try {
    return JSON.parse(printed);
  } catch {
    return undefined;
  }
}
