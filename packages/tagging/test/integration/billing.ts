import { join } from 'node:path';
import {
  type Answer,
  type Asked,
  environmentFor,
  json,
  jsonError,
  runHandler,
  startEndpoint,
} from '@user-metrics/aws-endpoint';
import type { CostAllocationStatus } from '../../src/cost-allocation';

/** What Billing and Systems Manager of a made-up account know. */
export interface Billing {
  /** Status by key that Billing knows. */
  readonly keys: { [key: string]: 'Active' | 'Inactive' };
  /** Values by key that costs have; the empty one stands for costs without the tag. @default - no costs */
  readonly costs?: { readonly [key: string]: readonly string[] };
  /** Value of the parameter. @default - there is none */
  value?: string;
  /** Actions answered by an error, each as often as its error stands here. */
  readonly errors?: { [action: string]: Answer[] };
}

/** What came of one run of the function. */
export interface Run {
  /** What the handler returned. @default - it threw */
  readonly returned?: CostAllocationStatus;
  /** Message of what it threw. */
  readonly thrown?: string;
  /** The log line with the metric, parsed. */
  readonly metric: { readonly [name: string]: unknown };
  /** The parameter's value after it. */
  readonly published?: CostAllocationStatus;
  readonly asked: readonly Asked[];
}

const BUNDLE = join(__dirname, '..', '..', 'assets', 'cost-allocation', 'index.js');

/** Runs the bundled function, as Lambda has it, against an endpoint that speaks the two protocols. */
export async function run(billing: Billing, keys: readonly string[], countedKeys = keys): Promise<Run> {
  const endpoint = await startEndpoint((asked) => answer(billing, asked));
  try {
    const { stdout, result } = await runHandler<CostAllocationStatus>(BUNDLE, {
      ...environmentFor(endpoint),
      STATUS_PARAMETER: '/status',
      TAG_KEYS: JSON.stringify(keys),
      COUNTED_TAG_KEYS: JSON.stringify(countedKeys),
    });
    const published = billing.value === undefined ? {} : { published: JSON.parse(billing.value) };
    return {
      metric: JSON.parse(stdout),
      ...result,
      ...published,
      asked: endpoint.asked,
    };
  } finally {
    await endpoint.close();
  }
}

function answer(billing: Billing, { action, parameters }: Asked): Answer {
  const error = billing.errors?.[action]?.shift();
  if (error) return error;
  switch (action) {
    case 'GetParameter':
      return billing.value === undefined
        ? jsonError('ParameterNotFound')
        : json({ Parameter: { Value: billing.value } });
    case 'PutParameter':
      billing.value = String(parameters['Value']);
      return json({ Version: 2 });
    case 'ListCostAllocationTags':
      return list(billing, parameters);
    case 'GetTags': {
      const { costs = {} } = billing;
      const { TagKey } = parameters;
      return json({ Tags: TagKey === undefined ? Object.keys(costs) : (costs[String(TagKey)] ?? []) });
    }
    case 'UpdateCostAllocationTagsStatus':
      return json({ Errors: update(billing, parameters) });
    default:
      return jsonError('UnknownOperationException', action);
  }
}

/** One key a page, so that a caller that reads only the first page is noticed. */
function list({ keys }: Billing, { TagKeys, NextToken }: Asked['parameters']): Answer {
  const known = (TagKeys as string[]).filter((key) => key in keys);
  const index = Number(NextToken ?? 0);
  const CostAllocationTags = known.slice(index, index + 1).map((TagKey) => ({ TagKey, Status: keys[TagKey] }));
  return json({ CostAllocationTags, ...(index + 1 < known.length ? { NextToken: String(index + 1) } : {}) });
}

function update({ keys }: Billing, { CostAllocationTagsStatus }: Asked['parameters']): object[] {
  return (CostAllocationTagsStatus as { TagKey: string }[]).flatMap(({ TagKey }) => {
    if (!(TagKey in keys)) return [{ TagKey, Code: 'TagKeysNotFound', Message: 'Tag keys not found' }];
    if (TagKey === 'Forbidden') return [{ TagKey, Code: 'LimitExceeded', Message: 'Too many active keys' }];
    return [];
  });
}
