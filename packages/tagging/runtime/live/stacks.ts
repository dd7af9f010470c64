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

/** Names of the stacks that one of the patterns means, nested stacks included; `*` stands for any characters. */
async function* stackNames({ cloudFormation }: Clients, patterns: readonly string[]): AsyncGenerator<string> {
  const matchers = patterns.map(matcherOf);
  const StackStatusFilter = Object.values(StackStatus).filter((status) => !GONE.includes(status));
  for await (const { StackSummaries = [] } of paginateListStacks({ client: cloudFormation }, { StackStatusFilter })) {
    for (const { StackName = '' } of StackSummaries)
      if (matchers.some((matcher) => matcher.test(StackName))) yield StackName;
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
  let names: string[] = [];
  for await (const name of stackNames(clients, patterns)) {
    names.push(name);
    if (names.length < STACKS_AT_A_TIME) continue;
    for (const readings of await Promise.all(names.map((stack) => readStack(clients, stack)))) yield* readings;
    names = [];
  }
  for (const readings of await Promise.all(names.map((stack) => readStack(clients, stack)))) yield* readings;
}

/**
 * Every resource of a stack: from the tagging API, which answers for a hundred in one request, and one by one what it does
 * not list.
 */
async function readStack(clients: Clients, stack: string): Promise<Reading[]> {
  const [listed, summaries] = await Promise.all([tagsByLogicalId(clients, stack), summariesOf(clients, stack)]);
  const readings: Reading[] = [];
  for (let start = 0; start < summaries.length; start += AT_A_TIME) {
    const some = summaries.slice(start, start + AT_A_TIME);
    readings.push(...(await Promise.all(some.map((summary) => readSummary(clients, stack, summary, listed)))));
  }
  return readings;
}

async function tagsByLogicalId(clients: Clients, stack: string): Promise<Map<string, TaggedArn>> {
  const listed = new Map<string, TaggedArn>();
  for await (const page of resourcesTagged(clients, 'aws:cloudformation:stack-name', [stack])) {
    for (const one of page) if (one.logicalId) listed.set(one.logicalId, one);
  }
  return listed;
}

async function summariesOf({ cloudFormation }: Clients, StackName: string): Promise<StackResourceSummary[]> {
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
  listed: ReadonlyMap<string, TaggedArn>,
): Promise<Reading> {
  const resource = { id, type, stack, logicalId };
  if (!tagPropertyOf(type)) return { kind: 'untaggable', resource };
  const known = listed.get(logicalId);
  return known ? { kind: 'tagged', resource: { ...resource, tags: known.tags } } : readResource(clients, resource);
}
