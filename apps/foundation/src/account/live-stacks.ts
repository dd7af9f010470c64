import { type CloudFormationClient, paginateListStacks, StackStatus } from '@aws-sdk/client-cloudformation';
import { all } from './pages';

/** A stack that exists. */
export interface LiveStack {
  readonly name: string;
  readonly status: string;
}

const LIVE = Object.values(StackStatus).filter((status) => status !== StackStatus.DELETE_COMPLETE);

/** Every stack of the account in the Region of the client that is not deleted. */
export async function liveStacks(client: CloudFormationClient): Promise<LiveStack[]> {
  const pages = paginateListStacks({ client }, { StackStatusFilter: LIVE });
  const found = await all(pages, ({ StackSummaries }) => StackSummaries);
  return found.map(({ StackName: name = '', StackStatus: status = '' }) => ({ name, status }));
}
