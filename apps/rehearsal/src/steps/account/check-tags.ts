import { isTaggable, stackResources } from '@user-metrics/foundation/account';
import { notCompliant, runTagCompliance } from '../../account/tag-compliance';
import { type RehearsalContext, required } from '../../context';

/** Runs the command `tag-compliance`, as a user would. */
export async function checkTags(context: RehearsalContext): Promise<string> {
  const account = required(context, 'account');
  const taggable = (await stackResources(account)).filter(isTaggable).length;
  const run = await runTagCompliance(account, context.signal);
  const { checked, compliant } = run.report.summary;
  const evidence = `${compliant} of ${checked} taggable resources comply`;
  context.checklist.verdict('work.tag-compliance', notCompliant(run, taggable), evidence);
  return evidence;
}
