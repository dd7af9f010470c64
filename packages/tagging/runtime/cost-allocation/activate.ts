import {
  type CostExplorerClient,
  CostExplorerServiceException,
  paginateListCostAllocationTags,
  UpdateCostAllocationTagsStatusCommand,
} from '@aws-sdk/client-cost-explorer';
import type { CostAllocationState, CostAllocationStatus } from '../../src/cost-allocation';

/** Most keys that one call takes (Cost Explorer API, UpdateCostAllocationTagsStatus). */
const KEYS_PER_CALL = 20;

/**
 * Asks AWS to activate keys, and says of each what AWS said. Only what AWS lists as active counts as active: the call that
 * activates succeeds for keys it does not know, and names them in its answer.
 *
 * @throws Error when AWS cannot be asked; an account without access is an answer
 */
export async function activate(client: CostExplorerClient, keys: readonly string[]): Promise<CostAllocationStatus> {
  const checkedAt = new Date().toISOString();
  try {
    const active = await activeKeys(client, keys);
    const missing = keys.filter((key) => !active.has(key));
    const { refusals, messages } = await request(client, missing);
    const stateOf = (key: string) => (active.has(key) ? 'active' : (refusals.get(key) ?? 'requested'));
    return { checkedAt, keys: statesOf(keys, stateOf), ...(messages.length > 0 ? { messages } : {}) };
  } catch (error) {
    if (!isDenied(error)) throw error;
    return { checkedAt, keys: statesOf(keys, () => 'no-access'), messages: [error.message] };
  }
}

async function activeKeys(client: CostExplorerClient, keys: readonly string[]): Promise<Set<string>> {
  const active = new Set<string>();
  const pages = paginateListCostAllocationTags({ client }, { TagKeys: [...keys], Type: 'UserDefined' });
  for await (const { CostAllocationTags = [] } of pages) {
    for (const { TagKey, Status } of CostAllocationTags) if (TagKey && Status === 'Active') active.add(TagKey);
  }
  return active;
}

interface Answer {
  readonly refusals: ReadonlyMap<string, CostAllocationState>;
  readonly messages: readonly string[];
}

async function request(client: CostExplorerClient, keys: readonly string[]): Promise<Answer> {
  const refusals = new Map<string, CostAllocationState>();
  const messages: string[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_CALL) {
    const CostAllocationTagsStatus = keys
      .slice(start, start + KEYS_PER_CALL)
      .map((TagKey) => ({ TagKey, Status: 'Active' as const }));
    const { Errors = [] } = await client.send(new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus }));
    for (const { TagKey = '', Code, Message } of Errors) {
      refusals.set(TagKey, Code === 'TagKeysNotFound' ? 'not-yet-seen' : 'refused');
      messages.push(`${TagKey}: ${Code} ${Message ?? ''}`.trim());
    }
  }
  return { refusals, messages };
}

function statesOf(keys: readonly string[], stateOf: (key: string) => CostAllocationState) {
  return Object.fromEntries(keys.map((key) => [key, stateOf(key)]));
}

function isDenied(error: unknown): error is CostExplorerServiceException {
  return error instanceof CostExplorerServiceException && error.name === 'AccessDeniedException';
}
