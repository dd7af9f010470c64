/** Whether Cost Explorer gave the cost of a project, or why not. */
export type CostExplorerState =
  | 'ok'
  | 'not-enabled'
  | 'hidden-by-payer'
  | 'denied'
  | 'tag-inactive'
  | 'no-new-figures'
  | 'too-many-pages'
  | 'failed';

const SENTENCES: { readonly [State in CostExplorerState]: string } = {
  ok: 'Cost Explorer has the cost of the project.',
  'not-enabled':
    'Cost Explorer is not enabled in this account, or has no data yet: open Billing and Cost Management > Cost Explorer once; the first figures come after about 24 hours.',
  'hidden-by-payer':
    'The payer (management) account hides Cost Explorer from this member account: in the payer account, open Billing and Cost Management > Cost Management preferences, and allow linked accounts to access Cost Explorer.',
  denied:
    'The IAM role may not read Cost Explorer: allow ce:GetCostAndUsage and ce:GetTags in its policies, in a permissions boundary and in the service control policies, and switch on IAM access to billing information.',
  'tag-inactive':
    'No cost of the last days has the tag Project: its key is not an active cost allocation tag yet, or nothing that has it was billed. `npx projen alert-test --dry-run` shows the state of the key.',
  'no-new-figures':
    'Cost Explorer has no cost of the project for the last two days, and has for the days before: it is late, the stacks are deleted, or the key Project was deactivated. `npx projen alert-test --dry-run` shows the state of the key.',
  'too-many-pages':
    'Cost Explorer gave more pages than the function reads, so that no figure is complete: the tag Project is on far more than this project.',
  failed: 'Cost Explorer could not be read. The log of the function has the error; the next run tries again.',
};

/** What a state means and what to do, for a dashboard, a log and a report. */
export function sentenceOf(state: CostExplorerState): string {
  return SENTENCES[state];
}

/**
 * The state that an error of Cost Explorer stands for. What Cost Explorer says of a member account and of one that has not
 * enabled it differs in its message alone.
 *
 * @param error what the client threw
 */
export function stateOfError(error: unknown): CostExplorerState {
  const { name = '', message = '' } = error as { readonly name?: string; readonly message?: string };
  if (name === 'DataUnavailableException' || /not enabled for cost explorer/i.test(message)) return 'not-enabled';
  if (/linked account/i.test(message)) return 'hidden-by-payer';
  return name === 'AccessDeniedException' ? 'denied' : 'failed';
}
