import {
  paginateListStackResources,
  paginateListStacks,
  type StackResourceSummary,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { tagPropertyOf } from '../../src/taggable-types';
import type { Clients } from './clients';
import type { Reading } from './finding';
import { AT_A_TIME, readResource } from './read-resource';
import { resourcesTagged, type TaggedArn } from './tagging-api';

/** Statuses of stacks that have no resources. */
const GONE: readonly StackStatus[] = [StackStatus.DELETE_COMPLETE, StackStatus.REVIEW_IN_PROGRESS];

interface Stack {
  readonly name: string;
  /** ARN, of which each stack has its own, whatever stacks of the same name there were before. */
  readonly id: string;
}

/** The stacks that one of the patterns means, nested stacks included; `*` stands for any characters. */
async function* stacksOf({ cloudFormation }: Clients, patterns: readonly string[]): AsyncGenerator<Stack> {
  const matchers = patterns.map(matcherOf);
  const StackStatusFilter = Object.values(StackStatus).filter((status) => !GONE.includes(status));
  for await (const { StackSummaries = [] } of paginateListStacks({ client: cloudFormation }, { StackStatusFilter })) {
    for (const { StackName: name = '', StackId: id = '' } of StackSummaries)
      if (matchers.some((matcher) => matcher.test(name))) yield { name, id };
  }
}

function matcherOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[^\w-]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

/** Stacks that are read at a time. */
const STACKS_AT_A_TIME = 4;

/**
 * Every resource of the stacks that one of the patterns means, with its tags. A few stacks, at most 500 resources each, are in
 * memory at a time.
 */
export async function* readStacks(clients: Clients, patterns: readonly string[]): AsyncGenerator<Reading> {
  let some: Stack[] = [];
  for await (const one of stacksOf(clients, patterns)) {
    some.push(one);
    if (some.length < STACKS_AT_A_TIME) continue;
    for (const readings of await Promise.all(some.map((stack) => readStack(clients, stack)))) yield* readings;
    some = [];
  }
  for (const readings of await Promise.all(some.map((stack) => readStack(clients, stack)))) yield* readings;
}

/**
 * Every resource of a stack: from the tagging API, which answers for a hundred in one request, and one by one what it does
 * not list.
 */
async function readStack(clients: Clients, stack: Stack): Promise<Reading[]> {
  const [listed, summaries] = await Promise.all([listedOf(clients, stack), summariesOf(clients, stack)]);
  const readings: Reading[] = [];
  for (let start = 0; start < summaries.length; start += AT_A_TIME) {
    const some = summaries.slice(start, start + AT_A_TIME);
    readings.push(...(await Promise.all(some.map((summary) => readSummary(clients, stack.name, summary, listed)))));
  }
  return readings;
}

/**
 * What the tagging API lists of a stack, by logical id. Several resources may have the same one: what was replaced and kept
 * is listed beside what replaced it. What an earlier stack of the same name left behind has the id of that stack.
 */
async function listedOf(clients: Clients, { id }: Stack): Promise<Map<string, TaggedArn[]>> {
  const listed = new Map<string, TaggedArn[]>();
  for await (const page of resourcesTagged(clients, 'aws:cloudformation:stack-id', [id])) {
    for (const one of page) {
      if (one.logicalId) listed.set(one.logicalId, [...(listed.get(one.logicalId) ?? []), one]);
    }
  }
  return listed;
}

/**
 * Whether an ARN is that of a physical id: the same ARN, or one that ends in the id, or in the last part of a URL (of a queue).
 * Of an unknown id the tags are read one by one.
 */
function isArnOf(arn: string, id: string): boolean {
  if (arn === id) return true;
  const name = /^https?:/.test(id) ? id.slice(id.lastIndexOf('/') + 1) : id;
  const resource = arn.split(':').slice(5).join(':');
  const [kind = ''] = /^[\w-]+[:/]?/.exec(resource) ?? [];
  return [resource, resource.slice(kind.length), resource.slice(kind.length - 1)].includes(name);
}

async function summariesOf({ cloudFormation }: Clients, { id: StackName }: Stack): Promise<StackResourceSummary[]> {
  const summaries: StackResourceSummary[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client: cloudFormation },
    { StackName },
  ))
    summaries.push(...StackResourceSummaries.filter(exists));
  return summaries;
}

function exists({ ResourceStatus, PhysicalResourceId }: StackResourceSummary): boolean {
  return ResourceStatus !== 'DELETE_COMPLETE' && PhysicalResourceId !== undefined;
}

async function readSummary(
  clients: Clients,
  stack: string,
  { LogicalResourceId: logicalId = '', PhysicalResourceId: id = '', ResourceType: type = '' }: StackResourceSummary,
  listed: ReadonlyMap<string, readonly TaggedArn[]>,
): Promise<Reading> {
  const resource = { id, type, stack, logicalId };
  if (!tagPropertyOf(type)) return { kind: 'untaggable', resource };
  const all = listed.get(logicalId) ?? [];
  // The physical id of an Elastic IP address is the address, its ARN has the id of the allocation.
  const known = type === 'AWS::EC2::EIP' && all.length === 1 ? all[0] : all.find(({ arn }) => isArnOf(arn, id));
  return known ? { kind: 'tagged', resource: { ...resource, tags: known.tags } } : readResource(clients, resource);
}
