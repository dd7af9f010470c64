import {
  type CostExplorerClient,
  CostExplorerServiceException,
  GetTagsCommand,
  paginateListCostAllocationTags,
  UpdateCostAllocationTagsStatusCommand,
} from '@aws-sdk/client-cost-explorer';
import { type CostAllocationState, type CostAllocationStatus, knownStates } from '../../src/cost-allocation';

/** Days back in which a cost under a key shows that the key is active. */
const DAYS_OF_COSTS = 7;

const DAY = 86_400_000;

/** Most keys that one call takes (Cost Explorer API, UpdateCostAllocationTagsStatus). */
const KEYS_PER_CALL = 20;

/**
 * Asks AWS to activate keys, and says of each what AWS said. Only what AWS lists as active counts as active: the call that
 * activates succeeds for keys it does not know, and names them in its answer. In a member account Billing refuses both calls
 * for ever, so that a key which costs have values of counts as active too: Cost Explorer knows values of active keys alone.
 *
 * @throws Error when AWS cannot be asked; an account without access is an answer
 */
export async function activate(client: CostExplorerClient, keys: readonly string[]): Promise<CostAllocationStatus> {
  const checkedAt = new Date().toISOString();
  const active = await unlessDenied(() => activeKeys(client, keys));
  if ('denied' in active) {
    const states = knownStates(
      statesOf(keys, () => 'no-access'),
      await keysOfCosts(client, keys),
    );
    const isKnown = Object.values(states).every((state) => state === 'active');
    return { checkedAt, keys: states, ...(isKnown ? {} : { messages: [active.denied] }) };
  }
  const missing = keys.filter((key) => !active.answer.has(key));
  const { refusals, messages } = await request(client, missing);
  const stateOf = (key: string) => (active.answer.has(key) ? 'active' : (refusals.get(key) ?? 'requested'));
  return { checkedAt, keys: statesOf(keys, stateOf), ...(messages.length > 0 ? { messages } : {}) };
}

/** The right to list and the right to activate are two: who may list may still not activate. */
async function unlessDenied<Answer>(ask: () => Promise<Answer>): Promise<{ answer: Answer } | { denied: string }> {
  try {
    return { answer: await ask() };
  } catch (error) {
    if (error instanceof CostExplorerServiceException && error.name === 'AccessDeniedException')
      return { denied: error.message };
    throw error;
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

/** Which of the keys costs of the last days have values of; none where this account may not ask that either. */
async function keysOfCosts(client: CostExplorerClient, keys: readonly string[]): Promise<string[]> {
  const date = (time: number) => new Date(time).toISOString().slice(0, 10);
  const TimePeriod = { Start: date(Date.now() - DAYS_OF_COSTS * DAY), End: date(Date.now() + DAY) };
  try {
    // Each question costs $0.01: the values are asked for of those keys alone that Cost Explorer knows.
    const { Tags: known = [] } = await client.send(new GetTagsCommand({ TimePeriod }));
    const found: string[] = [];
    for (const TagKey of keys.filter((key) => known.includes(key))) {
      const { Tags: values = [] } = await client.send(new GetTagsCommand({ TimePeriod, TagKey }));
      // The empty value stands for costs without the tag.
      if (values.some((value) => value !== '')) found.push(TagKey);
    }
    return found;
  } catch (error) {
    if (error instanceof CostExplorerServiceException && /^(AccessDenied|DataUnavailable)/.test(error.name)) return [];
    throw error;
  }
}

interface Refusals {
  readonly refusals: ReadonlyMap<string, CostAllocationState>;
  readonly messages: readonly string[];
}

async function request(client: CostExplorerClient, keys: readonly string[]): Promise<Refusals> {
  const refusals = new Map<string, CostAllocationState>();
  const messages: string[] = [];
  for (let start = 0; start < keys.length; start += KEYS_PER_CALL) {
    const some = keys.slice(start, start + KEYS_PER_CALL);
    const CostAllocationTagsStatus = some.map((TagKey) => ({ TagKey, Status: 'Active' as const }));
    const asked = await unlessDenied(() =>
      client.send(new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus })),
    );
    if ('denied' in asked) {
      for (const key of keys.slice(start)) refusals.set(key, 'no-access');
      messages.push(asked.denied);
      break;
    }
    const { Errors = [] } = asked.answer;
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
