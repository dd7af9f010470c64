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
export async function* stackNames({ cloudFormation }: Clients, patterns: readonly string[]): AsyncGenerator<string> {
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

/**
 * Every resource of a stack with its tags. One stack, at most 500 resources, is in memory at a time: first from the tagging
 * API, which answers for a hundred in one request, then one by one what it does not list.
 */
export async function* readStack(clients: Clients, stack: string): AsyncGenerator<Reading> {
  const listed = new Map<string, TaggedArn>();
  for await (const page of resourcesTagged(clients, 'aws:cloudformation:stack-name', [stack])) {
    for (const one of page) if (one.logicalId) listed.set(one.logicalId, one);
  }
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client: clients.cloudFormation },
    { StackName: stack },
  )) {
    for (let start = 0; start < StackResourceSummaries.length; start += AT_A_TIME) {
      const some = StackResourceSummaries.slice(start, start + AT_A_TIME).filter(exists);
      yield* await Promise.all(some.map((summary) => readSummary(clients, stack, summary, listed)));
    }
  }
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
