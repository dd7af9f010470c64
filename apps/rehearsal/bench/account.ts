import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Most resources of a stack (CloudFormation quotas), and most of a page of either service. */
const STACK = 500;
const PAGE = 100;

/** Of as many resources one is an IAM role, which the tagging API does not list, and of as many one lacks its owner. */
const ROLE = 100;
const OFFENDER = 250;

const TAGS = { Project: 'UserMetrics', Environment: 'prod', ManagedBy: 'CDK', CostCenter: 'C' };

/** A made-up account of many resources: mostly topics, some IAM roles, some offenders of either kind. */
export interface LargeAccount {
  readonly url: string;
  readonly server: Server;
  /** How many of the resources do not comply. */
  readonly offenders: number;
  /** Whether requests are throttled at all. */
  readonly isThrottling: boolean;
  /** How many were so far. */
  readonly throttled: () => number;
}

/**
 * Starts it behind the protocols of CloudFormation, the tagging API, IAM and STS.
 *
 * @param throttling of as many requests AWS takes one back, as it does under load. @default - it takes none back
 */
export async function startAccount(resources: number, throttling = Number.POSITIVE_INFINITY): Promise<LargeAccount> {
  const requests = { all: 0, throttled: 0 };
  const server = createServer(async (request, response) => {
    const [target, body] = [String(request.headers['x-amz-target'] ?? ''), await text(request)];
    requests.all += 1;
    if (requests.all % throttling === 0) {
      requests.throttled += 1;
      const { type, content } = target === '' ? SLOWER.xml : SLOWER.json;
      response.writeHead(400, { 'content-type': type }).end(content);
      return;
    }
    const { type, content } = answer(target, body, resources);
    response.writeHead(200, { 'content-type': type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    offenders: indexes(0, resources, resources).filter(isOffender).length,
    isThrottling: Number.isFinite(throttling),
    throttled: () => requests.throttled,
  };
}

const TYPES = { json: 'application/x-amz-json-1.1', xml: 'text/xml' } as const;

/** What AWS says to too many requests, in either protocol. */
const SLOWER = {
  json: { type: TYPES.json, content: JSON.stringify({ __type: 'ThrottlingException' }) },
  xml: { type: TYPES.xml, content: '<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>' },
};

const isRole = (index: number) => index % ROLE === ROLE - 1;
const isOffender = (index: number) => index % OFFENDER === OFFENDER - 1 || index % OFFENDER === 1;

const tagsOf = (index: number) => (isOffender(index) ? TAGS : { ...TAGS, Owner: 'platform' });

function answer(target: string, body: string, resources: number): { type: string; content: string } {
  if (target.endsWith('.GetResources'))
    return { type: TYPES.json, content: JSON.stringify(getResources(JSON.parse(body), resources)) };
  const { Action = '', ...parameters } = Object.fromEntries(new URLSearchParams(body));
  const result = RESULTS[Action]?.(parameters, resources) ?? '';
  return {
    type: TYPES.xml,
    content: `<${Action}Response><${Action}Result>${result}</${Action}Result></${Action}Response>`,
  };
}

type Parameters = { readonly [name: string]: string };

const RESULTS: { readonly [action: string]: (parameters: Parameters, resources: number) => string } = {
  GetCallerIdentity: () => '<Account>111111111111</Account>',
  ListRoles: ({ Marker }, resources) => {
    const roles = indexes(0, resources, resources).filter(isRole);
    const start = Number(Marker ?? 0);
    const members = roles
      .slice(start, start + PAGE)
      .map((index) => member(`<RoleName>role-${index}</RoleName><Path>/</Path>`));
    const next = start + PAGE < roles.length ? `<IsTruncated>true</IsTruncated><Marker>${start + PAGE}</Marker>` : '';
    return `<Roles>${members.join('')}</Roles>${next}`;
  },
  ListRoleTags: ({ RoleName = '' }) => {
    const tags = Object.entries(tagsOf(Number(RoleName.replace('role-', ''))));
    return `<Tags>${tags.map(([key, value]) => member(`<Key>${key}</Key><Value>${value}</Value>`)).join('')}</Tags>`;
  },
  ListStacks: ({ NextToken }, resources) =>
    page(
      'StackSummaries',
      NextToken,
      0,
      resources / STACK,
      (index) => `<StackId>stack/${index}</StackId><StackName>UserMetrics-${index}</StackName>`,
    ),
  ListStackResources: ({ NextToken, StackName = '' }) =>
    page('StackResourceSummaries', NextToken, firstOf(StackName), STACK, (index) => {
      const [type, id] = isRole(index) ? ['IAM::Role', `role-${index}`] : ['SNS::Topic', arnOf(index)];
      return (
        `<LogicalResourceId>Resource${index}</LogicalResourceId><PhysicalResourceId>${id}</PhysicalResourceId>` +
        `<ResourceType>AWS::${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus>`
      );
    }),
};

/** Number of the first resource of a stack by the stack's id. */
function firstOf(stackId: string): number {
  return Number(stackId.replace('stack/', '')) * STACK;
}

function page(
  list: string,
  token: string | undefined,
  first: number,
  all: number,
  describe: (index: number) => string,
) {
  const start = Number(token ?? 0);
  const members = indexes(first + start, first + all, PAGE).map((index) => member(describe(index)));
  const next = start + PAGE < all ? `<NextToken>${start + PAGE}</NextToken>` : '';
  return `<${list}>${members.join('')}</${list}>${next}`;
}

function getResources(
  { TagFilters, PaginationToken }: { TagFilters: { Key: string; Values?: string[] }[]; PaginationToken?: string },
  resources: number,
): object {
  const [{ Key, Values: [stackId = ''] = [] } = { Key: '' }] = TagFilters;
  const [first, all] = Key === 'Project' ? [0, resources] : [firstOf(stackId), STACK];
  const start = Number(PaginationToken || 0);
  return {
    // Pages are short, as those of AWS may be: of the IAM roles among them there is nothing.
    ResourceTagMappingList: indexes(first + start, first + all, PAGE)
      .filter((index) => !isRole(index))
      .map((index) => ({
        ResourceARN: arnOf(index),
        Tags: Object.entries({ ...tagsOf(index), 'aws:cloudformation:logical-id': `Resource${index}` }).map(
          ([TagKey, Value]) => ({ Key: TagKey, Value }),
        ),
      })),
    PaginationToken: start + PAGE < all ? String(start + PAGE) : '',
  };
}

const member = (content: string) => `<member>${content}</member>`;

function indexes(start: number, end: number, most: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(most, end - start)) }, (_, index) => start + index);
}

function arnOf(index: number): string {
  return `arn:aws:sns:us-east-1:111111111111:topic-${index}`;
}
